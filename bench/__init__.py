"""Measurements of the harness itself: ``make bench``, or ``python -m bench NAME...``."""
