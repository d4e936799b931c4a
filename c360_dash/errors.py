"""What can go wrong and is no fault of the program: each error's text is one sentence that tells the way out."""


class C360Error(Exception):
    """Something the person at the keyboard can put right; the command line prints its text without a traceback."""
