"""Demo data: a municipality that recruits, with everything that has happened there so far.

All of it comes about through the same verbs as in earnest, at instants in the past.
"""

from samtale.web.demo.fill import fill, is_empty

__all__ = ["fill", "is_empty"]
