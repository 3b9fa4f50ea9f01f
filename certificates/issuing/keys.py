"""Private signing keys: one file each, outside the database and its backups, readable by nobody else."""

import base64
import hashlib
import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def make(kid: str) -> str:
    """Make the key `kid` in LMS_SIGNING_KEY_DIR (mode 0600). Returns its public half, base64url.

    Refuses (FileExistsError) to write over a key.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = _path(kid)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def private(kid: str) -> Ed25519PrivateKey:
    """The private key `kid`. Refuses (ImproperlyConfigured) a missing file, and one that others may read."""
    path = _path(kid)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise ImproperlyConfigured(f"The signing key {kid} is not in LMS_SIGNING_KEY_DIR ({path.parent}).") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ImproperlyConfigured(f"Others may read {path}. Set its mode to 0600.")
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ImproperlyConfigured(f"{path} is not an Ed25519 key.")
    return key


def public(encoded: str) -> Ed25519PublicKey:
    """A public key from its base64url text."""
    return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(encoded + "="))


def fingerprint(encoded: str) -> str:
    """SHA-256 of the public half, in hexadecimal, eight by eight: what is filed on paper and compared."""
    digest = hashlib.sha256(base64.urlsafe_b64decode(encoded + "=")).hexdigest()
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))


def exists(kid: str) -> bool:
    """Whether this machine holds the private half."""
    return _path(kid).exists()


def _path(kid: str) -> Path:
    return Path(settings.LMS_SIGNING_KEY_DIR) / f"{kid}.pem"
