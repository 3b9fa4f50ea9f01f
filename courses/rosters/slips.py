"""PINs that only one browser can read: locked with a key whose other half the server never keeps.

A PIN is hashed like any other. For the slip that is printed it is also locked here, with a public key; what unlocks it lies
in a cookie of the browser in which the roster was confirmed, and nowhere else: no copy of the database tells a PIN.
"""

import base64
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PUBLIC_BYTES, NONCE_BYTES = 32, 12


class WrongKey(ValueError):
    """This key does not open the slip."""


def new_key() -> tuple[str, str]:
    """A key of two halves: the one that locks, to be stored, and the one that opens, to be handed out."""
    private = X25519PrivateKey.generate()
    return _text(private.public_key().public_bytes_raw()), _text(private.private_bytes_raw())


def lock(public: str, content: dict[str, Any]) -> str:
    """Lock a slip. Whoever locks it cannot open it again."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(_bytes(public)))
    nonce = os.urandom(NONCE_BYTES)
    sealed = ChaCha20Poly1305(_cipher_key(shared)).encrypt(nonce, json.dumps(content).encode(), None)
    return _text(once.public_key().public_bytes_raw() + nonce + sealed)


def unlock(private: str, locked: str) -> dict[str, Any]:
    """What `lock` locked. Refuses (WrongKey) another key, and what is none."""
    try:
        key, parts = X25519PrivateKey.from_private_bytes(_bytes(private)), _bytes(locked)
        once, rest = X25519PublicKey.from_public_bytes(parts[:PUBLIC_BYTES]), parts[PUBLIC_BYTES:]
        opened = ChaCha20Poly1305(_cipher_key(key.exchange(once))).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], None)
    except (ValueError, InvalidTag):
        raise WrongKey from None
    return json.loads(opened)


def fits(private: str, public: str) -> bool:
    """Whether the two halves belong together."""
    try:
        return X25519PrivateKey.from_private_bytes(_bytes(private)).public_key().public_bytes_raw() == _bytes(public)
    except ValueError:
        return False


def _cipher_key(shared: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"qihang roster slips").derive(shared)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode())
