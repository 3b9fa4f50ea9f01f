"""Identity numbers at rest: encrypted to be read, hashed with a key to be found."""

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@cache
def _box(keys: str) -> MultiFernet:
    parts = [part.strip() for part in keys.split(",") if part.strip()]
    if not parts:
        raise ImproperlyConfigured("LMS_ID_KEY is empty.")
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(part.encode()).digest())) for part in parts])


def seal(text: str) -> str:
    """Encrypt a short text with the first key of LMS_ID_KEY (comma-separated: the newest first, for rotation)."""
    return _box(settings.LMS_ID_KEY).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text behind `seal`. Refuses (cryptography's InvalidToken) what another key has sealed."""
    return _box(settings.LMS_ID_KEY).decrypt(sealed.encode()).decode()


def keyed_hash(normalised: str) -> str:
    """HMAC-SHA256 under LMS_ID_HASH_KEY: finds a person without storing the number; the same at all sites that share the key."""
    return hmac.new(settings.LMS_ID_HASH_KEY.encode(), normalised.encode(), hashlib.sha256).hexdigest()
