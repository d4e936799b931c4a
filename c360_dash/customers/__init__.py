"""The parts of the pages about customers, and what fills them."""
