"""What may be asked for one page, a module a page; each is answered from the cache once it was asked."""
