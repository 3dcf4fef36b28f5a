"""Keeps what must be read again but not lie open in the database: addresses and passwords of calendars.

Fernet (AES and HMAC), with a key made from SECRET_KEY; those made from SECRET_KEY_FALLBACKS still open what
was sealed with them.
"""

import base64
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """It was sealed with a key that is neither SECRET_KEY nor among its fallbacks, or is damaged."""


def seal(value: Any) -> str:
    """Return `value`, of what JSON knows, so that only this installation can read it."""
    return _keys().encrypt(json.dumps(value).encode()).decode()


def unseal(sealed: str) -> Any:
    """Return what was sealed.

    Raises:
        Unreadable: it cannot be read any longer.
    """
    try:
        return json.loads(_keys().decrypt(sealed.encode()))
    except InvalidToken:
        raise Unreadable from None


def resealed(sealed: str) -> str:
    """Return it sealed with the present key. Raises `Unreadable`."""
    try:
        return _keys().rotate(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def is_current(sealed: str) -> bool:
    """Say whether the present key opens it."""
    try:
        _key(settings.SECRET_KEY).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"samtale.core.sealed").derive(
        secret.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))
