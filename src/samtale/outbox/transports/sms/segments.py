"""How long a text message is, as networks count and bill it (3GPP TS 23.038 and 23.040)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\f")


@dataclass(frozen=True)
class SmsLength:
    """`characters` are places used: one of the extension table's signs, such as €, uses two in
    GSM-7, and an emoji two in UCS-2."""

    encoding: Literal["GSM-7", "UCS-2"]
    characters: int
    segments: int


def count(text: str) -> SmsLength:
    """Return how many places and segments `text` takes. An empty text takes none."""
    if all(sign in _BASIC or sign in _EXTENSION for sign in text):
        places = [2 if sign in _EXTENSION else 1 for sign in text]
        return SmsLength("GSM-7", sum(places), _segments(places, alone=160, joined=153))
    places = [2 if ord(sign) > 0xFFFF else 1 for sign in text]
    return SmsLength("UCS-2", sum(places), _segments(places, alone=70, joined=67))


def _segments(places: Iterable[int], *, alone: int, joined: int) -> int:
    """Return how many segments there are, none of which may end in half a sign."""
    places = list(places)
    if sum(places) <= alone:
        return 1 if places else 0
    full, used = 0, 0
    for place in places:
        if used + place > joined:
            full, used = full + 1, 0
        used += place
    return full + 1
