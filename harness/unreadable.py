"""What the library `cryptography` raises for bytes that are no certificate, request, list or key as the standards have
them: some of it is documented nowhere, and comes only when a member is first looked at. Found by `tests/security/
test_hostile_papers.py`."""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

UNREADABLE = (
    ValueError, TypeError, NotImplementedError, UnsupportedAlgorithm,
    x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType,
)
"""To be caught around the library's own calls alone, for a TypeError may be a slip of ours as well."""
