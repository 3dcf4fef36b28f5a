"""What the pages give away, to whom, and what they cost."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from samtale.interviews.models import Interview, Invitation
from tests.factories.accounts import make_user
from tests.factories.interviews import make_invitation
from tests.factories.recruiting import make_application
from tests.integration.candidate.conftest import Reader, address_of, heading


@pytest.mark.parametrize("method", ["get", "post", "delete"])
@pytest.mark.parametrize("end", ["", "calendar.ics", "../wrong/", "../", "junk", "without slash"])
def test_the_address_stays_between_the_candidate_and_us(
    end: str, method: str, address: str, reader: Reader
) -> None:
    path = address.rstrip("/") if end == "without slash" else address + end
    if end.startswith(".."):
        path = f"/a/{end.removeprefix('../')}"
    response = getattr(reader.client, method)(path)
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in response
    assert not response.cookies
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]


def test_the_redirect_after_an_answer_is_as_private(address: str, reader: Reader) -> None:
    response = reader.client.post(address, {"choice": "coming"})
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_nothing_on_the_page_runs_or_comes_from_elsewhere(address: str, reader: Reader) -> None:
    page = reader.open(address)
    assert not page.find_all("script")
    assert not page.find_all(style=True)
    assert not page.find_all("style")
    sources = [str(element.get("href") or element["src"]) for element in page.select("link, img")]
    assert sources
    assert all(source.startswith(("/static/", "data:")) for source in sources)


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "\u202eAnima",
        "{{ organisation }}{% now 'Y' %}",
        "%(first_name)s %s",
        "A" * 100,
    ],
)
def test_a_hostile_name_is_only_a_name(name: str, interview: Interview, reader: Reader) -> None:
    interview.project.title = name
    interview.project.save()
    interview.place = name
    interview.save()
    interview.interviewers.add(make_user(first_name=name, last_name="Vik"))
    application = make_application(interview.project, first_name=name, status="invited")
    invitation = make_invitation(interview=interview, application=application)
    for answered in (False, True):
        page = reader.open(address_of(invitation) + "?change=1")
        assert not page.find_all(["script", "img"])
        if not answered:
            assert heading(page) == f"Hei {name}, kan du komme på intervju?"
        # What turns the text around ends with the element it stands in.
        shown = [found for found in page.select("body")[0].find_all(string=True) if name in found]
        assert shown
        assert {found.parent.name for found in shown if found.parent} == {"bdi"}
        reader.send(address_of(invitation), choice="coming")


def test_a_page_without_a_name_greets_nobody(invitation: Invitation, address: str, reader: Reader) -> None:
    invitation.application.candidate.first_name = ""
    invitation.application.candidate.save()
    assert heading(reader.open(address)) == "Kan du komme på intervju?"


@pytest.mark.parametrize("interviewers", [1, 12])
def test_few_queries_however_many_interviewers(
    interviewers: int,
    invitation: Invitation,
    address: str,
    reader: Reader,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    invitation.interview.interviewers.set([make_user() for _number in range(interviewers)])
    for path in (address, f"{address}?lang=en"):
        with django_assert_num_queries(3):
            assert reader.client.get(path).status_code == 200


def test_a_logged_in_recruiter_sees_the_candidates_page_too(invitation: Invitation, address: str) -> None:
    client = Client()
    client.force_login(make_user(language="en"))
    assert "Hei <bdi>Amina</bdi>, kan du komme" in client.get(address).content.decode()
