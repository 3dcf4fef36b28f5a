"""The candidate's language, and the switch."""

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from samtale.interviews.models import Interview, Invitation
from tests.integration.candidate.conftest import Reader, heading, links, one, text
from tests.integration.candidate.test_states import everything_stored

QUESTIONS = {
    "nb": "Hei Amina, kan du komme på intervju?",
    "en": "Hi Amina, can you come to an interview?",
    "sv": "Hej Amina, kan du komma på intervju?",
}
TIMES = {
    "nb": ("torsdag 3. desember 2026", "des 3 torsdag", "kl. 09:00–09:45 (norsk tid)", "Personlig intervju"),
    "en": (
        "Thursday 3 December 2026",
        "Dec 3 Thursday",
        "09:00–09:45 (Norwegian time)",
        "In-person interview",
    ),
    "sv": ("torsdag 3 december 2026", "dec 3 torsdag", "kl. 09:00–09:45 (norsk tid)", "Personlig intervju"),
}


@pytest.mark.parametrize("language", ["nb", "en", "sv"])
def test_the_page_speaks_the_candidates_language_whatever_the_browser_wants(
    language: str, invitation: Invitation, address: str, reader: Reader
) -> None:
    speak(invitation, language)
    page = reader.open(address, **{"accept-language": "de,en;q=0.5"})
    assert heading(page) == QUESTIONS[language]
    assert one(page, "html")["lang"] == language
    assert reader.client.get(address)["Content-Language"] == language
    for expected in TIMES[language]:
        assert expected in text(page)


@pytest.mark.parametrize("language", ["nb", "en", "sv"])
def test_the_switch_offers_the_other_languages_by_their_own_names(
    language: str, invitation: Invitation, address: str, reader: Reader
) -> None:
    speak(invitation, language)
    names = {"nb": "Norsk", "en": "English", "sv": "Svenska"}
    page = reader.open(address)
    switch = {str(button["lang"]): button.get_text() for button in page.select("button[name=lang]")}
    assert switch == {code: name for code, name in names.items() if code != language}
    for code in switch:
        assert heading(press(reader, page, code)) == QUESTIONS[code]


def test_pages_without_a_form_switch_by_links(address: str, reader: Reader) -> None:
    receipt = reader.send(address, choice="coming")
    links = {str(link["lang"]): str(link["href"]) for link in receipt.select("a[hreflang]")}
    assert set(links) == {"en", "sv"}
    assert heading(reader.open(address + links["sv"])) == "Tack! Vi har noterat att du kommer."


def test_what_is_typed_on_the_first_page_goes_along_to_another_language(
    invitation: Invitation, address: str, reader: Reader
) -> None:
    before = everything_stored()
    page = press(reader, reader.open(address), "en", choice="new_time", wishes="Etter klokken 12")
    assert heading(page) == QUESTIONS["en"]
    assert stands(page, "Etter klokken 12", "new_time")
    assert not page.select(".ds-error-summary")
    assert everything_stored() == before


@pytest.mark.parametrize("end", ["", "?change=1"])
def test_an_untouched_page_gets_an_address_in_the_other_language(
    end: str, address: str, reader: Reader
) -> None:
    if end:
        reader.send(address, choice="coming", wishes="Hei\r\nder")
    form = one(reader.open(address + end), "form#answer")
    fields = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}
    typed = {"choice": "coming", "wishes": "Hei\r\nder"} if end else {"wishes": ""}
    response = reader.client.post(str(form["action"]), fields | typed | {"lang": "sv"})
    assert response.status_code == 303
    page = reader.open(response["Location"])
    assert heading(page) == ("Ändra ditt svar" if end else QUESTIONS["sv"])


def test_the_chosen_language_stays_through_the_answer(address: str, reader: Reader) -> None:
    form = one(reader.open(f"{address}?lang=sv"), "form")
    receipt = reader.send(str(form["action"]), choice="coming")
    assert heading(receipt) == "Tack! Vi har noterat att du kommer."
    page = reader.open(links(receipt)["Ändra ditt svar"])
    assert heading(page) == "Ändra ditt svar"
    assert heading(press(reader, page, "en")) == "Change your answer"
    confirm = reader.send(str(one(page, "form")["action"]), choice="withdraw")
    assert heading(confirm) == "Vill du dra tillbaka din ansökan?"
    assert not reader.client.cookies


def press(reader: Reader, page: BeautifulSoup, language: str, **typed: str) -> BeautifulSoup:
    """Press the button of a language, with everything the page's form holds and what is typed over it."""
    form = one(page, "form#answer")
    button = one(page, f"button[form=answer][name=lang][value={language}]")
    fields = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}
    fields |= {str(field["name"]): str(field["value"]) for field in form.select("input[checked]")}
    fields["wishes"] = one(form, "textarea").get_text().removeprefix("\n")
    return reader.send(str(form["action"]), **fields | typed | {"lang": str(button["value"])})


def stands(page: BeautifulSoup, wishes: str, *choices: str) -> bool:
    checked = [str(field["value"]) for field in page.select("input[checked]")]
    return one(page, "textarea").get_text().removeprefix("\n") == wishes and checked == list(choices)


def test_errors_are_read_in_another_language_and_nothing_typed_is_lost(
    invitation: Invitation, address: str, reader: Reader
) -> None:
    before = everything_stored()
    page = reader.send(address, choice="", wishes="Hei")
    assert not page.select("a[hreflang]")
    page = press(reader, page, "en")
    assert "Choose one of the answers." in text(page)
    assert stands(page, "Hei")
    # What is mended meanwhile is kept too, and is no answer yet.
    page = press(reader, page, "sv", choice="coming", wishes="Hei igjen")
    assert heading(page) == QUESTIONS["sv"]
    assert not page.select(".ds-error-summary")
    assert stands(page, "Hei igjen", "coming")
    assert everything_stored() == before
    assert heading(reader.send(str(one(page, "form")["action"]), choice="coming")).startswith("Tack!")


def test_the_question_before_withdrawing_is_asked_in_another_language(
    invitation: Invitation, address: str, reader: Reader
) -> None:
    before = everything_stored()
    page = press(reader, reader.send(f"{address}?lang=en", choice="withdraw", wishes="Beklager"), "nb")
    assert heading(page) == "Vil du trekke søknaden din?"
    assert stands(page, "Beklager")
    page = press(reader, page, "sv")
    assert heading(page) == "Vill du dra tillbaka din ansökan?"
    back = reader.send(str(one(page, "form")["action"]), choice="withdraw", wishes="Beklager", step="back")
    assert heading(back) == QUESTIONS["sv"]
    assert heading(press(reader, back, "en")) == QUESTIONS["en"]
    assert stands(press(reader, back, "en"), "Beklager", "withdraw")
    assert everything_stored() == before


def test_a_new_time_is_told_in_another_language_too(
    invitation: Invitation, address: str, reader: Reader
) -> None:
    page = press(reader, reader.send(address, choice="coming", version="0"), "en")
    assert "The time of the interview has been changed" in text(page)
    assert stands(page, "", "coming")
    confirm = reader.send(address, choice="withdraw")
    Interview.objects.update(version=2)
    assert "The time of the interview has been changed" in text(press(reader, confirm, "en"))


def test_enter_presses_no_language(address: str, reader: Reader) -> None:
    page = reader.send(address, choice="")
    first = page.select("button[form=answer], form#answer button")[0]
    assert not first.get("name")
    assert (first["tabindex"], first["aria-hidden"]) == ("-1", "true")


@pytest.mark.parametrize("code", ["de", "", "../../etc", "NB", "nb'\"><script>"])
def test_an_unknown_language_is_the_candidates_own(code: str, address: str, reader: Reader) -> None:
    assert heading(reader.open(f"{address}?{urlencode({'lang': code})}")) == QUESTIONS["nb"]


def speak(invitation: Invitation, language: str) -> None:
    invitation.application.candidate.language = language
    invitation.application.candidate.save()
