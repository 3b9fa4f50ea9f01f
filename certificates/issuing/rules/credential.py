"""What is signed: the printed facts as COSE_Sign1 with Ed25519, small enough for the QR code on the paper."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from certificates.issuing.rules.facts import PublicFacts

FORMAT = 1  # also the `1.` of the address's fragment
COSE_SIGN1 = 18
EDDSA = -8
LIMIT = 1024  # bytes; ours have about 250
_EPOCH = date(1970, 1, 1)
# Keys of the payload map. A number is never used for another meaning; new facts get new numbers and a new FORMAT.
_NUMBER, _NAME, _TITLE, _COURSE, _LEVEL, _HALF_HOURS, _AWARDED, _ISSUER, _TRAINED, _RESULT = range(2, 12)


class InvalidCredential(ValueError):
    """Not a credential of ours. `code` is one of `shape`, `format`, `algorithm`, `unknown_key`, `signature`."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Claims:
    """The printed facts as the signature covers them."""

    kid: str
    number: str
    name: str
    title: str
    course: str
    half_hours: int
    award_date: date
    issuer: str
    level: str = ""
    result: str = ""
    trained_from: date | None = None
    trained_to: date | None = None


def sign(facts: PublicFacts, *, kid: str, key: Ed25519PrivateKey) -> bytes:
    """COSE_Sign1 over the printed facts. Ed25519 and canonical CBOR: the same facts give the same bytes."""
    protected = cbor2.dumps({1: EDDSA, 4: kid.encode()}, canonical=True)
    payload = cbor2.dumps(_payload(facts), canonical=True)
    signature = key.sign(_to_be_signed(protected, payload))
    return cbor2.dumps(cbor2.CBORTag(COSE_SIGN1, [protected, {}, payload, signature]), canonical=True)


def read(message: bytes, keys: Mapping[str, Ed25519PublicKey]) -> Claims:
    """Check and read a message. `keys` are the trusted public keys by `kid`.

    Strict: exactly our shape in canonical CBOR, our algorithm, a known key, no trailing byte.
    Refuses (InvalidCredential) everything else.
    """
    protected, payload, signature = _parts(message)
    header = _loads(protected, dict)
    if header.get(1) != EDDSA:
        raise InvalidCredential("algorithm")
    if set(header) != {1, 4} or not isinstance(header[4], bytes):
        raise InvalidCredential("shape")
    kid = header[4].decode(errors="replace")
    if kid not in keys:
        raise InvalidCredential("unknown_key")
    try:
        keys[kid].verify(signature, _to_be_signed(protected, payload))
    except InvalidSignature:
        raise InvalidCredential("signature") from None
    return _claims(kid, _loads(payload, dict))


def fragment(message: bytes) -> str:
    """The part of the address after `#`: it never reaches a server."""
    return f"{FORMAT}.{base64.urlsafe_b64encode(message).rstrip(b'=').decode()}"


def from_fragment(text: str) -> bytes:
    """The message in a fragment. Refuses (InvalidCredential) another format or other characters."""
    version, _dot, encoded = text.partition(".")
    if version != str(FORMAT):
        raise InvalidCredential("format")
    try:
        message = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise InvalidCredential("shape") from None
    if fragment(message) != text:
        raise InvalidCredential("shape")
    return message


def _payload(facts: PublicFacts) -> dict[int, Any]:
    payload: dict[int, Any] = {
        1: FORMAT,
        _NUMBER: facts.number,
        _NAME: facts.name,
        _TITLE: facts.title,
        _COURSE: facts.course,
        _HALF_HOURS: facts.half_hours,
        _AWARDED: _days(facts.award_date),
        _ISSUER: facts.issuer,
    }
    if facts.level:
        payload[_LEVEL] = facts.level
    if facts.result:
        payload[_RESULT] = facts.result
    if facts.trained_from and facts.trained_to:
        payload[_TRAINED] = [_days(facts.trained_from), _days(facts.trained_to)]
    return payload


def _claims(kid: str, payload: dict[Any, Any]) -> Claims:
    if payload.get(1) != FORMAT:
        raise InvalidCredential("format")
    text = {_NUMBER, _NAME, _TITLE, _COURSE, _ISSUER, _LEVEL, _RESULT}
    whole = {_HALF_HOURS, _AWARDED}
    required = {1, _NUMBER, _NAME, _TITLE, _COURSE, _HALF_HOURS, _AWARDED, _ISSUER}
    if not required <= set(payload) <= required | {_LEVEL, _RESULT, _TRAINED}:
        raise InvalidCredential("shape")
    trained = payload.get(_TRAINED, [])
    if (
        any(type(payload[key]) is not str for key in text & set(payload))
        or any(type(payload[key]) is not int for key in whole)
        or (trained and (type(trained) is not list or [type(day) for day in trained] != [int, int]))
    ):
        raise InvalidCredential("shape")
    return Claims(
        kid=kid,
        number=payload[_NUMBER],
        name=payload[_NAME],
        title=payload[_TITLE],
        course=payload[_COURSE],
        half_hours=payload[_HALF_HOURS],
        award_date=_day(payload[_AWARDED]),
        issuer=payload[_ISSUER],
        level=payload.get(_LEVEL, ""),
        result=payload.get(_RESULT, ""),
        trained_from=_day(trained[0]) if trained else None,
        trained_to=_day(trained[1]) if trained else None,
    )


def _parts(message: bytes) -> tuple[bytes, bytes, bytes]:
    if len(message) > LIMIT:
        raise InvalidCredential("shape")
    tag = _loads(message, cbor2.CBORTag)
    parts = tag.value
    if tag.tag != COSE_SIGN1 or not isinstance(parts, list | tuple) or len(parts) != 4 or parts[1] != {}:
        raise InvalidCredential("shape")
    protected, payload, signature = parts[0], parts[2], parts[3]
    if not all(isinstance(part, bytes) for part in (protected, payload, signature)) or len(signature) != 64:
        raise InvalidCredential("shape")
    return protected, payload, signature


def _loads(data: bytes, kind: type) -> Any:
    """One canonical CBOR value of one kind, and nothing after it."""
    try:
        value = cbor2.loads(data)
        if not isinstance(value, kind) or cbor2.dumps(value, canonical=True) != data:
            raise InvalidCredential("shape")
    except InvalidCredential:
        raise
    except Exception:  # whatever a hostile sequence of bytes makes the decoder raise
        raise InvalidCredential("shape") from None
    return value


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload], canonical=True)


def _days(day: date) -> int:
    return (day - _EPOCH).days


def _day(days: int) -> date:
    try:
        return _EPOCH + timedelta(days=days)
    except OverflowError:
        raise InvalidCredential("shape") from None
