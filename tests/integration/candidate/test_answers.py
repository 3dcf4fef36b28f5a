"""Answering, changing the answer and withdrawing (spec 5)."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from samtale.core import audit
from samtale.interviews.domain.answer import answer
from samtale.interviews.domain.change import change_invitation
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Invitation
from samtale.outbox.models import Message
from samtale.recruiting.models import Application
from samtale.web.candidate.throttle import ANSWERS
from tests.conftest import Clock
from tests.factories.accounts import make_administrator
from tests.factories.interviews import make_invitation
from tests.factories.recruiting import make_application
from tests.integration.candidate.conftest import NOW, START, Reader, address_of, heading, links, one, text
from tests.integration.candidate.test_states import everything_stored


@pytest.mark.parametrize(
    ("choice", "status", "receipt"),
    [
        ("coming", "accepted", "Takk! Vi har registrert at du kommer."),
        ("not_coming", "not_accepted", "Takk for beskjeden. Vi har registrert at du ikke kommer."),
        ("new_time", "new_time", "Takk! Vi tar kontakt for å finne et nytt tidspunkt."),
    ],
)
def test_an_answer_is_stored_and_receipted(
    choice: str, status: str, receipt: str, invitation: Invitation, address: str, reader: Reader
) -> None:
    response = reader.client.post(address, {"choice": choice, "wishes": "Helst etter kl. 12"})
    assert (response.status_code, response["Location"]) == (303, address)
    invitation.refresh_from_db()
    assert (invitation.meeting_status, invitation.wishes) == (status, "Helst etter kl. 12")
    assert invitation.answered_at == NOW
    assert stored_application(invitation).status == Application.Status.INVITED
    assert answers_in_audit(invitation) == [("Amina Hassan", status)]
    page = reader.open(address)
    assert heading(page) == receipt
    assert "Helst etter kl. 12" in text(page)
    assert not page.select("[name=choice], [name=wishes]")


def test_only_who_comes_is_offered_the_calendar_on_the_receipt(address: str, reader: Reader) -> None:
    assert f"{address}calendar.ics" in links(reader.send(address, choice="coming")).values()
    assert f"{address}calendar.ics" not in links(reader.send(address, choice="not_coming")).values()


def test_the_answer_can_be_changed_and_stands_chosen(
    invitation: Invitation, address: str, reader: Reader
) -> None:
    receipt = reader.send(address, choice="not_coming", wishes="Beklager")
    page = reader.open(links(receipt)["Endre svaret ditt"])
    assert heading(page) == "Endre svaret ditt"
    assert chosen(page) == ["not_coming"]
    assert typed(page) == "Beklager"
    assert heading(reader.send(address, choice="coming")) == "Takk! Vi har registrert at du kommer."
    assert [status for _who, status in answers_in_audit(invitation)] == ["not_accepted", "accepted"]


def test_the_same_answer_again_changes_nothing(invitation: Invitation, address: str, reader: Reader) -> None:
    reader.send(address, choice="coming")
    before = everything_stored()
    assert heading(reader.send(address, choice="coming")) == "Takk! Vi har registrert at du kommer."
    assert everything_stored() == before


def test_the_answer_can_be_changed_until_the_start_and_not_after(
    invitation: Invitation, address: str, reader: Reader, clock: Clock
) -> None:
    reader.send(address, choice="coming")
    clock.move_to(START)
    clock.forward(seconds=-1)
    assert reader.client.post(address, {"choice": "not_coming"}).status_code == 303
    clock.forward(seconds=1)
    assert reader.client.post(address, {"choice": "coming"}).status_code == 409
    invitation.refresh_from_db()
    assert invitation.meeting_status == "not_accepted"


def test_withdrawing_takes_one_confirming_step(invitation: Invitation, address: str, reader: Reader) -> None:
    before = everything_stored()
    page = reader.send(address, choice="withdraw", wishes="Jeg har fått\r\nen annen jobb")
    assert heading(page) == "Vil du trekke søknaden din?"
    assert [button.get_text() for button in page.select("main button")] == [
        "Nei, tilbake",
        "Ja, trekk søknaden",
    ]
    assert everything_stored() == before

    confirmed = {str(field["name"]): str(field["value"]) for field in page.select("input")}
    confirmed |= {"wishes": typed(page), "step": "confirmed"}
    page = reader.send(address, **confirmed)
    assert heading(page) == "Søknaden din er trukket"
    invitation.refresh_from_db()
    assert (invitation.meeting_status, invitation.wishes) == ("not_relevant", "Jeg har fått\nen annen jobb")
    assert stored_application(invitation).status == Application.Status.WITHDRAWN
    assert answers_in_audit(invitation) == [("Amina Hassan", "not_relevant")]


def test_going_back_from_withdrawing_keeps_what_was_typed(
    invitation: Invitation, address: str, reader: Reader
) -> None:
    before = everything_stored()
    page = reader.send(address, choice="withdraw", wishes="Jeg er i tvil", step="back")
    assert heading(page) == "Hei Amina, kan du komme på intervju?"
    assert (chosen(page), typed(page)) == (["withdraw"], "Jeg er i tvil")
    assert everything_stored() == before


def test_going_back_to_change_an_answer_is_still_changing_it(address: str, reader: Reader) -> None:
    reader.send(address, choice="coming")
    page = reader.send(address, choice="withdraw", step="back")
    assert heading(page) == "Endre svaret ditt"
    assert links(page)["Behold svaret du ga"] == address
    assert heading(reader.send(address, choice="maybe")) == "Endre svaret ditt"


@pytest.mark.parametrize("choice", ["", "maybe", "Coming", "not_relevant"])
def test_no_answer_or_an_unknown_one_is_an_error_that_keeps_the_text(
    choice: str, address: str, reader: Reader
) -> None:
    before = everything_stored()
    response = reader.client.post(address, {"choice": choice, "wishes": "Hei"})
    assert response.status_code == 422
    page = reader.send(address, choice=choice, wishes="Hei")
    assert_error(page, "Velg ett av svarene.")
    assert typed(page) == "Hei"
    assert everything_stored() == before


def test_too_long_a_message_is_an_error_that_keeps_all_of_it(address: str, reader: Reader) -> None:
    before = everything_stored()
    page = reader.send(address, choice="new_time", wishes="æ" * 2001)
    assert_error(page, "Meldingen har 2001 tegn. Kort den ned til 2000 eller færre.")
    assert (chosen(page), typed(page)) == (["new_time"], "æ" * 2001)
    assert everything_stored() == before


def test_a_line_end_counts_once_and_the_longest_message_is_stored(
    invitation: Invitation, address: str, reader: Reader
) -> None:
    message = "\n".join(["a" * 99] * 20) + "b"
    assert len(message) == 2000
    reader.send(address, choice="coming", wishes=message.replace("\n", "\r\n"))
    invitation.refresh_from_db()
    assert invitation.wishes == message


def test_control_characters_are_dropped_and_markup_stays_text(
    invitation: Invitation, address: str, reader: Reader
) -> None:
    page = reader.send(
        address,
        choice="coming",
        wishes="a\0b\x1b[2J\u202egnp\u2066\u200b\ufeff\t<script>alert(1)</script>\r{{ 7 }}",
    )
    invitation.refresh_from_db()
    assert invitation.wishes == "ab[2Jgnp\t<script>alert(1)</script>\n{{ 7 }}"
    assert not page.find_all("script")
    assert "<script>alert(1)</script>" in page.get_text()


def test_an_answer_to_a_time_that_has_changed_is_asked_for_again(
    invitation: Invitation, address: str, reader: Reader
) -> None:
    shown = reader.open(address)
    version = str(one(shown, "input[name=version]")["value"])
    change_invitation(
        invitation=invitation,
        seen=Seen.of(invitation),
        meeting_status="awaiting",
        start=START.replace(hour=12),
        by=make_administrator(),
        now=NOW,
    )
    before = everything_stored()
    page = reader.send(address, choice="coming", wishes="Fint", version=version)
    assert "Tidspunktet for intervjuet er endret" in text(page)
    assert "kl. 13:00–13:45" in text(page)
    assert (chosen(page), typed(page)) == (["coming"], "Fint")
    assert everything_stored() == before
    version = str(one(page, "input[name=version]")["value"])
    assert heading(reader.send(address, choice="coming", version=version)).startswith("Takk!")


def test_an_interview_that_is_moved_while_the_answer_is_on_its_way_is_asked_about_again(
    invitation: Invitation, address: str, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer_too_late(**answered: Any) -> Invitation:
        change_invitation(
            invitation=invitation,
            seen=Seen.of(invitation),
            meeting_status="awaiting",
            start=START.replace(hour=12),
            by=make_administrator(),
            now=NOW,
        )
        return answer(**answered)

    monkeypatch.setattr("samtale.web.candidate.receive.answer", answer_too_late)
    page = reader.send(address, choice="coming", wishes="Fint")
    assert "kl. 13:00–13:45" in text(page)
    assert (chosen(page), typed(page)) == (["coming"], "Fint")
    invitation.refresh_from_db()
    assert invitation.meeting_status == "awaiting"


def test_an_answer_can_be_changed_so_often_an_hour_and_no_more(
    invitation: Invitation, address: str, reader: Reader, clock: Clock
) -> None:
    clock.forward(minutes=50)
    for number in range(ANSWERS.most):
        choice = "new_time" if number % 2 else "coming"
        assert reader.client.post(address, {"choice": choice}).status_code == 303
    before = everything_stored()
    response = reader.client.post(f"{address}?lang=sv", {"choice": "coming"})
    assert (response.status_code, response["Retry-After"]) == (429, "600")
    assert "Vänta en stund" in response.content.decode()
    assert everything_stored() == before
    assert Message.objects.filter(kind="answer").count() == ANSWERS.most * 2
    clock.forward(minutes=10)
    assert reader.client.post(address, {"choice": "coming"}).status_code == 303


def test_the_same_answer_does_not_count(invitation: Invitation, address: str, reader: Reader) -> None:
    for _number in range(ANSWERS.most + 5):
        assert reader.client.post(address, {"choice": "coming"}).status_code == 303
    assert reader.client.post(address, {"choice": "new_time"}).status_code == 303


def test_each_invitation_has_its_own_limit(invitation: Invitation, address: str, reader: Reader) -> None:
    for number in range(ANSWERS.most):
        reader.client.post(address, {"choice": "new_time" if number % 2 else "coming"})
    other = make_invitation(invitation.interview, make_application(invitation.interview.project))
    assert reader.client.post(address_of(other), {"choice": "coming"}).status_code == 303


class Unreadable(BytesIO):
    """A body that must not be read."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise AssertionError("the body was read")


def test_too_large_a_body_is_refused_unread(address: str, reader: Reader) -> None:
    before = everything_stored()
    kind = "application/x-www-form-urlencoded"
    response = reader.client.post(
        f"{address}?lang=en",
        content_type=kind,
        **{"wsgi.input": Unreadable(), "CONTENT_LENGTH": str(64 * 1024 + 1)},  # type: ignore[arg-type]
    )
    assert response.status_code == 413
    assert "shorten the message to 2000 characters" in response.content.decode()
    assert everything_stored() == before
    assert reader.client.post(address, {"wishes": "x" * 60_000}).status_code == 422


def test_the_longest_message_is_not_too_large(invitation: Invitation, address: str, reader: Reader) -> None:
    body = urlencode({"choice": "coming", "wishes": "😀" * 2000})
    response = reader.client.post(address, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 303
    invitation.refresh_from_db()
    assert invitation.wishes == "😀" * 2000


def test_someone_who_blocks_cookies_can_answer(invitation: Invitation, address: str, reader: Reader) -> None:
    reader.client.get(address)
    assert not reader.client.cookies
    response = reader.client.post(address, {"choice": "coming"}, headers={"origin": "null"})
    assert response.status_code == 303
    assert not reader.client.cookies


def assert_error(page: BeautifulSoup, message: str) -> None:
    """The summary has the focus, its link leads to the field, and the field tells the error too."""
    summary = one(page, ".ds-error-summary")
    assert summary.has_attr("autofocus")
    assert summary["tabindex"] == "-1"
    link = one(summary, "a")
    assert link.get_text() == message
    field = one(page, str(link["href"]))
    assert field["aria-invalid"] == "true"
    described = field.find_parent("fieldset") or field
    assert message in [
        one(page, f"#{each}").get_text() for each in str(described["aria-describedby"]).split()
    ]
    assert one(page, "title").get_text().startswith("Feil:")


def chosen(page: BeautifulSoup) -> list[str]:
    return [str(field["value"]) for field in page.select("input[type=radio][checked]")]


def typed(page: BeautifulSoup) -> str:
    return one(page, "textarea").get_text().removeprefix("\n")


def stored_application(invitation: Invitation) -> Application:
    return Application.objects.get(pk=invitation.application_id)


def answers_in_audit(invitation: Invitation) -> list[tuple[str, str]]:
    rows = audit.history(invitation.application).filter(verb="answered")
    return [(row.actor_name, row.data["new"]) for row in rows]
