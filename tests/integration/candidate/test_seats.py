"""What a candidate meets for whom there is no seat left (spec 5)."""

import pytest

from samtale.interviews.models import Interview, Invitation
from tests.factories.interviews import make_invitation
from tests.integration.candidate.conftest import Reader, address_of, one, text


@pytest.fixture
def full(interview: Interview, invitation: Invitation) -> Invitation:
    """The invitation of somebody else has the only seat."""
    interview.type, interview.seats = "group", 1
    interview.save()
    return make_invitation(interview, meeting_status="accepted")


def test_a_full_interview_says_so_and_offers_a_new_time(
    full: Invitation, address: str, reader: Reader
) -> None:
    page = reader.open(address)
    assert "Alle plassene på dette tidspunktet er tatt" in text(page)
    assert [field["value"] for field in page.select("[name=choice]")] == [
        "not_coming",
        "new_time",
        "withdraw",
    ]
    assert one(page, "[name=choice][checked]")["value"] == "new_time"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "Den siste plassen ble tatt før svaret ditt kom fram"),
        ("en", "The last seat was taken before your answer came"),
        ("sv", "Den sista platsen togs innan ditt svar kom fram"),
    ],
)
def test_a_yes_that_comes_too_late_is_not_lost_without_a_word(
    full: Invitation, address: str, reader: Reader, invitation: Invitation, language: str, words: str
) -> None:
    response = reader.client.post(
        f"{address}?lang={language}", {"choice": "coming", "wishes": "Gjerne", "version": "1"}
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert words in page and "Gjerne" in page
    invitation.refresh_from_db()
    assert invitation.meeting_status == "awaiting"


def test_who_has_the_seat_sees_nothing_of_it(full: Invitation, reader: Reader) -> None:
    page = reader.open(f"{address_of(full)}?change=1")
    assert one(page, "[name=choice][checked]")["value"] == "coming"
    assert "tatt" not in text(page)
