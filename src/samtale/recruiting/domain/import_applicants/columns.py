"""Finds out which column of the file holds what."""

import re
from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _


class Field(models.TextChoices):
    """What may be imported about an applicant."""

    FIRST_NAME = "first_name", _("First name")
    LAST_NAME = "last_name", _("Last name")
    NAME = "name", _("Full name")
    EMAIL = "email", _("E-mail")
    MOBILE = "mobile", _("Mobile")
    LANGUAGE = "language", _("Language")
    ADDRESS = "address", _("Address")
    APPLIED = "applied", _("Applied")
    LETTER = "letter", _("Application")
    CV = "cv", _("CV")


Mapping = dict[Field, int]
"""Which column, counted from 0, holds which field."""

# Best first: a file with both Mobil and Telefon means the former.
_SYNONYMS: dict[Field, str] = {
    Field.FIRST_NAME: "fornavn, first name, given name, forename, förnamn",
    Field.LAST_NAME: "etternavn, slektsnavn, last name, surname, family name, efternamn",
    Field.NAME: """
        navn, fullt navn, søker, kandidat, name, full name, applicant, candidate, namn, fullständigt namn""",
    Field.EMAIL: """
        e-post, e-postadresse, e-mail, e-mail address, e-postadress, mailadresse, mail, mejl""",
    Field.MOBILE: """
        mobil, mobilnummer, mobilnr, mobiltelefon, mobiltlf, mobile, mobile number, mobile phone, cell phone,
        telefon, telefonnummer, telefonnr, tlf, tlf nr, phone, phone number, telephone, tel""",
    Field.LANGUAGE: """
        språk, språkvalg, målform, foretrukket språk, language, preferred language, språkval""",
    Field.ADDRESS: """
        adresse, postadresse, hjemmeadresse, gateadresse, address, postal address, home address, adress""",
    Field.APPLIED: """
        søkt dato, søkt, søknadsdato, dato søkt, mottatt, mottatt dato, applied, applied date, date applied,
        application date, received, ansökt, ansökt datum, ansökningsdatum, dato, date, datum""",
    Field.LETTER: """
        søknad, søknadstekst, søknadsbrev, motivasjon, application, application text, letter, cover letter,
        motivation, ansökan, ansökningsbrev, personligt brev""",
    Field.CV: "cv, curriculum vitae, resume, résumé, meritförteckning",
}


def match_columns(headers: Sequence[str]) -> Mapping:
    """Guess the columns from their headers, in Norwegian, English or Swedish (spec 10).

    Of two columns with the same header the first one counts. Full name is only used
    where there are no columns for first and last name.
    """
    keys = [_key(header) for header in headers]
    mapping: Mapping = {}
    for field, synonyms in _SYNONYMS.items():
        found = [keys.index(key) for key in map(_key, synonyms.split(",")) if key in keys]
        if found:
            mapping[field] = found[0]
    if Field.FIRST_NAME in mapping and Field.LAST_NAME in mapping:
        mapping.pop(Field.NAME, None)
    return mapping


def missing(mapping: Mapping) -> list[Field]:
    """Return the fields without which no applicant can be made."""
    wanted = [Field.EMAIL]
    if Field.NAME not in mapping:
        wanted = [Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL]
    return [field for field in wanted if field not in mapping]


def _key(header: str) -> str:
    """Reduce a header to its letters, so that “E-Post:” and “epost (privat)” are alike."""
    return re.sub(r"[\W_]+", "", re.sub(r"\(.*?\)", "", header).casefold())
