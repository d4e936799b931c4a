"""The parts of the admin page, what fills them, and what its buttons do."""
