from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from samtale.recruiting.domain.import_applicants import values

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OSLO = ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize(
    "number", ["400 00 000", "40000000", "+47 400 00 000", "004740000000", "4740000000", "+47-400-00-000"]
)
def test_a_norwegian_number_gets_its_country_code(number: str) -> None:
    assert values.phone(number) == "+4740000000"


def test_a_foreign_number_stays_foreign() -> None:
    assert values.phone("+46 70 174 06 05") == "+46701740605"


@pytest.mark.parametrize("number", ["12", "ring meg", "400 00 00", "=1+1", "+999 40000000", "9" * 90])
def test_what_is_no_phone_number_is_named(number: str) -> None:
    with pytest.raises(values.BadValue, match=r"is not a phone number"):
        values.phone(number)


def test_an_address_is_lower_cased() -> None:
    assert values.email(" Kari.Lunde@Example.ORG ") == "kari.lunde@example.org"


@pytest.mark.parametrize(
    "address", ["kari", "kari@", "a b@example.org", "a@b@c.no", "=1+1", "Kari <k@example.org>"]
)
def test_what_is_no_address_is_named(address: str) -> None:
    with pytest.raises(values.BadValue, match="is not an e-mail address"):
        values.email(address)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("nb", ["norsk", "Norsk", "NORSK (bokmål)", "nb", "no", "NN", "nb-NO", "Norwegian", "nynorsk"]),
        ("en", ["engelsk", "English", "en", "EN", "en_GB", "engelska"]),
        ("sv", ["svensk", "svenska", "Swedish", "sv", "sv-SE"]),
    ],
)
def test_languages_are_understood(code: str, words: list[str]) -> None:
    assert {values.language(word) for word in words} == {code}


@pytest.mark.parametrize("word", ["dansk", "klingon", "x"])
def test_an_unknown_language_is_named(word: str) -> None:
    with pytest.raises(values.BadValue, match=f"“{word}” is not a language"):
        values.language(word)


@pytest.mark.parametrize(
    "written",
    [
        "2025-11-12",
        "12.11.2025",
        "12.11.25",
        "12/11/2025",
        "12-11-2025",
        "12. november 2025",
        "12 nov 2025",
        "20251112",
    ],
)
def test_a_date_alone_is_the_start_of_that_day_at_the_organisation(written: str) -> None:
    assert values.instant(written, OSLO, NOW) == datetime(2025, 11, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2025-11-12T09:30",
        "2025-11-12 09:30:00",
        "12.11.2025 09:30",
        "12.11.2025 kl. 9.30",
        "2025-11-12T08:30Z",
    ],
)
def test_a_date_may_have_a_time(written: str) -> None:
    assert values.instant(written, OSLO, NOW) == datetime(2025, 11, 12, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["31.02.2025", "12.13.2025", "12. foo 2025", "soon", "0001-01-01", "12.11.2025 25:00", "=1"]
)
def test_what_is_no_date_is_named(written: str) -> None:
    with pytest.raises(values.BadValue, match="is not a date"):
        values.instant(written, OSLO, NOW)


def test_nobody_has_applied_tomorrow() -> None:
    with pytest.raises(values.BadValue, match="is in the future"):
        values.instant("23.11.2026", OSLO, NOW)


@pytest.mark.parametrize("written", ["Kari Anne Lunde", "Lunde, Kari Anne", " Lunde ,Kari  Anne "])
def test_a_full_name_is_split(written: str) -> None:
    assert values.names(written, 100) == ("Kari Anne", "Lunde")


@pytest.mark.parametrize("written", ["Kari", "Kari,", ",Lunde", "\u200d Lunde", "Lunde, \u200e"])
def test_half_a_name_is_named(written: str) -> None:
    with pytest.raises(values.BadValue, match="is not both"):
        values.names(written, 100)


def test_text_becomes_one_line_of_limited_length() -> None:
    assert values.text("Kari\r\nBcc: x@example.org\t!", 100) == "Kari Bcc: x@example.org !"
    with pytest.raises(values.BadValue, match="Longer than 5 characters"):
        values.text("abcdef", 5)


def test_an_error_that_excel_shows_is_no_value() -> None:
    with pytest.raises(values.BadValue, match="#REF!"):
        values.text("#REF!", 100)
