"""Private keys of every strength, and certificates signed with SHA-1, which `cryptography` itself will not make."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from harness.security.errors import PkiError

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_CURVES: dict[str, Callable[[], ec.EllipticCurve]] = {
    "ec192": ec.SECP192R1,
    "ec224": ec.SECP224R1,
    "ec256": ec.SECP256R1,
    "ec384": ec.SECP384R1,
    "ec521": ec.SECP521R1,
}
_RSA = {"rsa1024": 1024, "rsa2048": 2048, "rsa3072": 3072, "rsa4096": 4096}


@lru_cache(maxsize=64)
def _rsa(owner: str, bits: int) -> rsa.RSAPrivateKey:
    """RSA keys are dear (3072 bits: half a second), so a process makes each owner's only once."""
    return rsa.generate_private_key(65537, bits)


def make(kind: str, owner: str) -> PrivateKey:
    """A private key; `owner` is whose it is. Raises PkiError for an unknown kind."""
    if kind in _CURVES:
        return ec.generate_private_key(_CURVES[kind]())
    if kind in _RSA:
        return _rsa(owner, _RSA[kind])
    raise PkiError(f"no kind of key is called {kind!r}; write one of {', '.join((*_CURVES, *_RSA))}")


def pem(key: PrivateKey) -> str:
    """The key as unencrypted PKCS 8."""
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return text.decode()


@lru_cache(maxsize=256)
def load(text: str) -> PrivateKey:
    """A key that `pem` wrote, and that is not checked again: of an RSA key it takes a tenth of a second."""
    key = serialization.load_pem_private_key(text.encode(), None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
    return key


def describe(certificate: x509.Certificate) -> tuple[str, int]:
    """Kind and size in bits of the public key: ("EC", 256), ("RSA", 2048), ("Ed25519", 256)."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return "RSA", key.key_size
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "EC", key.curve.key_size
    return type(key).__name__.lstrip("_").removesuffix("PublicKey"), int(getattr(key, "key_size", 256))


# ---- SHA-1 ------------------------------------------------------------------------------------------

# AlgorithmIdentifiers (RFC 3279): sha1WithRSAEncryption with its NULL, ecdsa-with-SHA1.
_SHA1_RSA = bytes.fromhex("300d06092a864886f70d0101050500")
_SHA1_ECDSA = bytes.fromhex("300906072a8648ce3d0401")


def _tlv(tag: int, value: bytes) -> bytes:
    """DER (X.690 8.1)."""
    if len(value) < 0x80:
        return bytes((tag, len(value))) + value
    size = (len(value).bit_length() + 7) // 8
    return bytes((tag, 0x80 | size)) + len(value).to_bytes(size, "big") + value


def _elements(der: bytes) -> list[bytes]:
    """The elements inside one constructed DER value, each whole."""
    inner = _value(der)
    found = []
    while inner:
        size = _whole(inner)
        found.append(inner[:size])
        inner = inner[size:]
    return found


def _whole(der: bytes) -> int:
    if der[1] < 0x80:
        return 2 + der[1]
    octets = der[1] & 0x7F
    return 2 + octets + int.from_bytes(der[2 : 2 + octets], "big")


def _value(der: bytes) -> bytes:
    header = 2 if der[1] < 0x80 else 2 + (der[1] & 0x7F)
    return der[header : _whole(der)]


def with_sha1(certificate: x509.Certificate, issuer: PrivateKey) -> x509.Certificate:
    """The same certificate, signed by `issuer` with SHA-1 instead (RFC 5280 4.1)."""
    algorithm = _SHA1_RSA if isinstance(issuer, rsa.RSAPrivateKey) else _SHA1_ECDSA
    parts = _elements(certificate.tbs_certificate_bytes)
    at = 2 if parts[0][0] == 0xA0 else 1  # version [0], serialNumber, signature, ...
    to_sign = _tlv(0x30, b"".join((*parts[:at], algorithm, *parts[at + 1 :])))
    digest = hashes.SHA1()
    if isinstance(issuer, rsa.RSAPrivateKey):
        signature = issuer.sign(to_sign, padding.PKCS1v15(), digest)
    else:
        signature = issuer.sign(to_sign, ec.ECDSA(digest))
    return x509.load_der_x509_certificate(_tlv(0x30, to_sign + algorithm + _tlv(0x03, b"\0" + signature)))
