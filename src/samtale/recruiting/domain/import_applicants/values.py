"""Reads the single values of a row. Each function raises `BadValue` with a message for the user."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from samtale.core.text import is_blank, one_line
from samtale.recruiting.models import Candidate

_LANGUAGES = {
    Candidate.Language.NB: "nb no nn nob nno nor norsk norwegian norska bokmål nynorsk nbno nnno",
    Candidate.Language.EN: "en eng engelsk english engelska engb enus",
    Candidate.Language.SV: "sv swe svensk swedish svenska svse se",
}
_LANGUAGE_OF = {word: language for language, words in _LANGUAGES.items() for word in words.split()}
_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "mai": 5, "maj": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8}
_MONTHS |= {"sep": 9, "okt": 10, "oct": 10, "nov": 11, "des": 12, "dec": 12}  # nb, sv and en begin alike
_EARLIEST_YEAR = 1950
_EXCEL_ERRORS = {
    "#NULL!",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#N/A",
    "#GETTING_DATA",
    "#SPILL!",
}


class BadValue(Exception):
    """The value cannot be used. The message says why, in the active language."""


def text(value: str, longest: int) -> str:
    """Return `value` on one line. Raises if it is longer than `longest` characters or an Excel error."""
    value = one_line(value)
    if value in _EXCEL_ERRORS:
        raise BadValue(_("“%(value)s” is an error in the workbook.") % {"value": value})
    if len(value) > longest:
        raise BadValue(_("Longer than %(count)s characters.") % {"count": longest})
    return value


def email(value: str) -> str:
    """Return the address in lower case."""
    value = text(value, 254).removeprefix("mailto:").lower()
    try:
        validate_email(value)
    except ValidationError as error:
        raise BadValue(_("“%(value)s” is not an e-mail address.") % {"value": value}) from error
    return value


def phone(value: str) -> str:
    """Return the number as +4790000000. One without a country code belongs to PHONE_REGION."""
    value = text(value, 100)
    try:
        number = phonenumbers.parse(value, settings.PHONENUMBER_DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise BadValue(_("“%(value)s” is not a phone number.") % {"value": value})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def language(value: str) -> Candidate.Language:
    """Return the language that `value` names, in words or as a code."""
    value = text(value, 100)
    known = _LANGUAGE_OF.get(re.sub(r"\s*\(.*\)|[^\w]|_", "", value.casefold()))
    if known is None:
        raise BadValue(_("“%(value)s” is not a language that can be used.") % {"value": value})
    return known


def names(value: str, longest: int) -> tuple[str, str]:
    """Split a full name into first and last. “Lunde, Kari Anne” and “Kari Anne Lunde” are the same."""
    value = text(value, 2 * longest)
    if "," in value:
        last, _comma, first = value.partition(",")
    else:
        first, _space, last = value.rpartition(" ")
    if is_blank(first) or is_blank(last):
        raise BadValue(_("“%(value)s” is not both a first and a last name.") % {"value": value})
    return text(first, longest), text(last, longest)


def instant(value: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when somebody applied, in UTC. A date alone means the start of that day in `zone`.

    Understands ISO dates, 12.11.2026, 12/11-26, 12. november 2026, each with a time or without.
    """
    parsed = _parse(text(value, 100))
    if parsed is None or parsed.year < _EARLIEST_YEAR:
        raise BadValue(_("“%(value)s” is not a date.") % {"value": value})
    moment = (parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)).astimezone(UTC)
    if moment > now:
        raise BadValue(_("“%(value)s” is in the future.") % {"value": value})
    return moment


def _parse(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        pass
    match = re.fullmatch(
        r"(\d{1,2})[./ -]+(\d{1,2}|[^\W\d_]{3,9})[./ -]+(\d{4}|\d{2})"
        r"(?:,?\s+(?:kl\.?\s*)?(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?)?",
        value.casefold(),
    )
    if not match:
        return None
    day, month, year, hour, minute = match.groups()
    number = int(month) if month.isdigit() else _MONTHS.get(month[:3], 0)
    try:
        on = date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))
        return datetime.combine(on, time(int(hour or 0), int(minute or 0)))
    except ValueError:
        return None
