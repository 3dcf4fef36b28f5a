"""What every text message passes on its way to a gateway: a number that is one, a text as it is counted."""

import re
import unicodedata
from dataclasses import replace

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext_noop

from samtale.outbox.transports.errors import TransportError
from samtale.outbox.transports.sms import Sms

NO_NUMBER = gettext_noop("This is not a phone number that can get an SMS.")

_SPELT = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ß": "ss", "đ": "d", "Đ": "D"})
_LONGEST_NAME = 11


def sender_name(name: str) -> str:
    """Return `name` in the letters that every network shows: å as a, ø as o, at most eleven signs.

    A number is left as it is.
    """
    if re.fullmatch(r"\+?[0-9]+", name):
        return name
    plain = unicodedata.normalize("NFKD", name.translate(_SPELT))
    return " ".join(re.sub(r"[^A-Za-z0-9 -]", "", plain).split())[:_LONGEST_NAME].rstrip()


def usable(parcel: Sms) -> Sms:
    """Return `parcel` with its number as +4790000000, a sender that networks take, and its letters
    composed, å as one sign and not two.

    Raises:
        TransportError: the number is none.
    """
    try:
        number = phonenumbers.parse(parcel.recipient, settings.PHONENUMBER_DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        raise TransportError(NO_NUMBER, permanent=True) from None
    if not phonenumbers.is_valid_number(number):
        raise TransportError(NO_NUMBER, permanent=True)
    recipient = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    text = unicodedata.normalize("NFC", parcel.text)
    return replace(parcel, sender=sender_name(parcel.sender), recipient=recipient, text=text)
