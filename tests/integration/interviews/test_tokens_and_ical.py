"""The candidate's address, and the appointment as a calendar object."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from samtale.core import clock as wall_clock
from samtale.interviews.domain.ical import calendar
from samtale.interviews.domain.tokens import InvalidToken, answer_address, invitation_for, token_for
from samtale.interviews.models import Interview
from tests.factories.accounts import make_organisation
from tests.factories.interviews import make_invitation
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(clock):
    return make_invitation()


def test_a_token_leads_to_its_own_invitation(invitation):
    make_invitation()
    assert invitation_for(token_for(invitation), now=wall_clock.now()) == invitation


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: ("x" if token[0] != "x" else "y") + token[1:],
        lambda token: token.split("~")[0],
        lambda token: token + "~",
        lambda token: token.upper(),
        lambda _token: "",
        lambda _token: "~",
        lambda _token: "\x00" * 40,
    ],
)
def test_a_forged_token_leads_nowhere(invitation, spoil):
    with pytest.raises(InvalidToken):
        invitation_for(spoil(token_for(invitation)), now=wall_clock.now())


def test_a_signature_made_with_another_key_leads_nowhere(invitation, settings):
    token = token_for(invitation)
    settings.SECRET_KEY = "another key entirely, and long enough"
    with pytest.raises(InvalidToken):
        invitation_for(token, now=wall_clock.now())


def test_a_revoked_token_leads_nowhere(invitation):
    token = token_for(invitation)
    invitation.link_version += 1
    invitation.save()
    with pytest.raises(InvalidToken):
        invitation_for(token, now=wall_clock.now())


def test_a_token_expires_thirty_days_after_the_interview(invitation):
    token, end = token_for(invitation), invitation.interview.end
    assert invitation_for(token, now=end + timedelta(days=30)) == invitation
    with pytest.raises(InvalidToken):
        invitation_for(token, now=end + timedelta(days=30, seconds=1))


def read(invitation):
    parsed = Calendar.from_ical(calendar(invitation, now=wall_clock.now()))
    (event,) = parsed.walk("VEVENT")
    return parsed, event


def test_the_appointment_is_published_with_times_a_place_and_an_organiser(invitation):
    make_organisation(name="Bergen kommune", sender_email="jobb@example.org")
    parsed, event = read(invitation)
    assert parsed["METHOD"] == "PUBLISH"
    assert event["DTSTART"].dt == invitation.interview.start
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=45)
    assert event["LOCATION"] == "Rådhuset, møterom 4B"
    assert event["ORGANIZER"] == "mailto:jobb@example.org"
    assert event["STATUS"] == "CONFIRMED"


def test_a_moved_interview_keeps_its_uid_and_raises_the_sequence(invitation):
    _parsed, before = read(invitation)
    invitation.interview.version += 1
    _parsed, after = read(invitation)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_cancelled_interview_is_cancelled_in_the_calendar_too(invitation):
    _parsed, before = read(invitation)
    invitation.interview.state = Interview.State.CANCELLED
    _parsed, after = read(invitation)
    assert after["STATUS"] == "CANCELLED"
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_title_cannot_add_a_property(clock):
    project = make_project(title="Sykepleier\r\nATTENDEE:mailto:eve@example.org")
    invitation = make_invitation(application=make_application(project))
    _parsed, event = read(invitation)
    assert "ATTENDEE" not in event


def test_the_appointment_leads_to_the_answer_and_tells_colleagues_nothing(invitation):
    _parsed, event = read(invitation)

    assert event["URL"] == answer_address(invitation)
    assert answer_address(invitation) in event["DESCRIPTION"]
    assert event["CLASS"] == "PRIVATE"


def test_what_is_off_leads_nowhere(invitation):
    invitation.interview.state = Interview.State.CANCELLED

    _parsed, event = read(invitation)

    assert "URL" not in event
    assert "http" not in event["DESCRIPTION"]
