"""What every text message passes on its way to a gateway: a number that is one, a text as it is counted."""

import unicodedata
from dataclasses import replace

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext_noop

from samtale.outbox.transports.errors import TransportError
from samtale.outbox.transports.sms import Sms

NO_NUMBER = gettext_noop("This is not a phone number that can get an SMS.")


def usable(parcel: Sms) -> Sms:
    """Return `parcel` with its number as +4790000000 and its letters composed, å as one sign and not two.

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
    return replace(parcel, recipient=recipient, text=unicodedata.normalize("NFC", parcel.text))
