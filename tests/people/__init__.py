"""Named people with rows in every relation of the source contract, and what customer_360 must say about each of them.

The expected values are worked out by hand; the comments say how. It is half past eleven at night in Rome on the last
day of March, two days after the clocks went forward.
"""

from .expected import EXPECTED
from .source import AS_OF, PARAMETERS, SOURCE
from .tables import fill

__all__ = ["AS_OF", "EXPECTED", "PARAMETERS", "SOURCE", "fill"]
