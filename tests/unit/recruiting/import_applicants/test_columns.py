import pytest

from samtale.recruiting.domain.import_applicants import Field, match_columns
from samtale.recruiting.domain.import_applicants.columns import missing
from samtale.recruiting.domain.import_applicants.table import column_letter


@pytest.mark.parametrize(
    "headers",
    [
        "Fornavn;Etternavn;E-post;Mobil;Språk;Adresse;Søkt dato;Søknad;CV",
        "FORNAVN;etternavn;Epost;Mobilnummer;Målform;Postadresse;Søknadsdato;Søknadstekst;cv",
        "First name;Last name;E-mail;Mobile;Language;Address;Applied date;Application;CV",
        "first_name;last_name;email;phone;preferred language;home address;Date applied;Cover letter;Resume",
        "Förnamn;Efternamn;E-postadress;Telefon;Språk;Adress;Ansökt datum;Personligt brev;Meritförteckning",
    ],
)
def test_knows_the_columns_in_three_languages(headers: str) -> None:
    fields = [field for field in Field if field != Field.NAME]
    assert match_columns(headers.split(";")) == {field: index for index, field in enumerate(fields)}


def test_mobile_is_preferred_to_telephone_and_the_first_of_two_alike() -> None:
    assert match_columns(["Telefon", "Mobil (privat)", "E-post:", "E-post"]) == {
        Field.MOBILE: 1,
        Field.EMAIL: 2,
    }


def test_the_full_name_is_used_only_where_the_parts_are_missing() -> None:
    assert match_columns(["Navn", "Fornavn", "Etternavn"]) == {Field.FIRST_NAME: 1, Field.LAST_NAME: 2}
    assert match_columns(["Navn", "Fornavn"])[Field.NAME] == 0


def test_unknown_and_empty_headers_match_nothing() -> None:
    assert match_columns(["", "Ansiennitet", "!?"]) == {}


def test_says_what_is_missing() -> None:
    assert missing({}) == [Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL]
    assert missing({Field.NAME: 0}) == [Field.EMAIL]
    assert missing({Field.NAME: 0, Field.EMAIL: 1}) == []


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters_are_the_spreadsheets(index: int, letter: str) -> None:
    assert column_letter(index) == letter
