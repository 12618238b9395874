"""How long a test waits where the point is that something does not hang."""

HANGING = 60.0
"""Seconds; whatever does not hang takes much less, however busy the machine is."""
