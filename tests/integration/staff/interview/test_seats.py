"""Changing how many may say yes to a group interview."""

from datetime import UTC, datetime

import pytest

from samtale.interviews.models import Interview
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
START = datetime(2026, 3, 16, 8, tzinfo=UTC)


@pytest.fixture
def group(project) -> Interview:
    interview = make_interview(project, start=START, type="group", seats=2)
    for name in ("Amina", "Bo"):
        application = make_application(project, first_name=name)
        make_invitation(interview, application, meeting_status="accepted")
    return interview


def address(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/seats/"


def seats() -> int | None:
    return Interview.objects.get().seats


def test_the_interviews_page_leads_there_and_back(open_page, group):
    assert f'href="{address(group)}"' in str(open_page(f"/interviews/{group.pk}/").soup)
    page = open_page(address(group))
    assert "2 kandidater har sagt ja." in page.text
    assert page.press("", seats="3") == 302
    assert page.response["Location"] == f"/interviews/{group.pk}/"
    assert seats() == 3


def test_left_empty_everybody_may_come(open_page, group):
    assert open_page(address(group)).press("", seats="") == 302
    assert seats() is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1", "2 kandidater har allerede sagt ja."),
        ("0", "fra 1 til 1000"),
        ("mange", "fra 1 til 1000"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_kept(open_page, group, typed, sentence):
    page = open_page(address(group))
    assert page.press("", seats=typed) == 422
    assert sentence in page.error_beside("seats")
    assert page.fields["seats"] == [typed]
    assert seats() == 2


@pytest.mark.parametrize(("theirs", "said"), [(5, "Nå kan 5 si ja"), (None, "Nå kan alle si ja")])
def test_of_two_pages_the_second_is_told_of_the_first(open_page, group, theirs, said):
    page = open_page(address(group))
    Interview.objects.update(seats=theirs)
    assert page.press("", seats="3") == 409
    assert said in page.error_beside("seats")
    assert seats() == theirs
    assert page.press("") == 302
    assert seats() == 3


def test_a_second_press_of_the_same_form_accuses_nobody(open_page, group):
    page = open_page(address(group))
    Interview.objects.update(seats=3)  # by the first press
    assert page.press("", seats="3") == 302


def test_an_interview_without_seats_has_none_to_change(open_page, group):
    page = open_page(address(group))
    Interview.objects.update(type="phone")
    assert address(group) not in str(open_page(f"/interviews/{group.pk}/").soup)
    assert page.press("", seats="3") == 302
    assert "Bare gruppeintervjuer har plasser" in open_page(page.response["Location"]).text
    assert seats() == 2


def test_nor_has_one_that_is_over(open_page, group):
    Interview.objects.update(state="held")
    page = open_page(address(group))
    assert page.response.status_code == 302
    assert "kan ikke lenger endres" in open_page(page.response["Location"]).text
