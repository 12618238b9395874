"""What goes wrong with keys and certificates, in words that tell the mend."""

from __future__ import annotations


class PkiError(ValueError):
    """A declaration, file or folder of certificates that cannot be used."""


class Unavailable(PkiError):
    """This build of our libraries cannot make or offer what was asked; a check that needs it is inconclusive."""
