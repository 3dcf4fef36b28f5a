"""The frame of the staff's pages, the log-in session, and the language they are spoken in."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtale.outbox.models import Message
from samtale.web.staff.context import shell
from tests.factories.accounts import make_administrator, make_user
from tests.unit.ui.html import one, soup

pytestmark = pytest.mark.django_db


def request_by(user, path="/projects/7/applications/"):
    request = RequestFactory().get(path)
    request.user = user
    return request


def frame(user, path="/projects/7/applications/"):
    return soup(render_to_string("staff/base.html", request=request_by(user, path)))


def fail_a_message() -> None:
    now = timezone.now()
    Message.objects.create(
        kind="x", channel="email", language="nb", recipient_name="A", recipient_address="a@example.org",
        content=[], created_at=now, due_at=now, try_at=now, state="failed",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "label", "mark"),
    [
        ("/", "Startside", "page"),
        ("/projects/", "Rekrutteringsoversikt", "page"),
        ("/projects/7/invite/", "Rekrutteringsoversikt", "true"),
        ("/applications/9/", "Rekrutteringsoversikt", "true"),
        ("/calendar/", "Rekrutteringskalender", "page"),
        ("/outbox/3/", "Utboks", "true"),
    ],
)
def test_the_section_of_the_page_is_marked(path, label, mark):
    for navigation in frame(make_user(), path).select(".shell-nav"):
        marked = one(navigation, "[aria-current]")
        assert (marked.get_text(strip=True), marked["aria-current"]) == (label, mark)


def test_settings_are_the_administrators_and_the_profile_is_everyones():
    addresses = {
        user: [link["href"] for link in frame(user).select(".shell-side .shell-nav a")]
        for user in (make_user(), make_administrator())
    }
    recruiter, administrator = addresses.values()
    assert recruiter[-1] == reverse("staff:profile")
    assert administrator[-1] == reverse("staff:settings")
    assert recruiter[:-1] == administrator[:-1]


def test_failed_messages_are_counted_once_for_those_who_may_see_them(
    django_assert_num_queries: DjangoAssertNumQueries,
):
    fail_a_message()
    administrator, recruiter = make_administrator(), make_user()
    with django_assert_num_queries(2):
        badges = frame(administrator).select(".shell-nav .ds-badge")
    assert [badge["data-count"] for badge in badges] == ["1", "1"]
    assert "(1 melding trenger oppfølging)" in frame(administrator).get_text()
    assert not frame(recruiter).select(".ds-badge")


def test_nothing_is_asked_for_who_is_not_logged_in(django_assert_num_queries: DjangoAssertNumQueries):
    with django_assert_num_queries(0):
        values = shell(request_by(AnonymousUser()))["shell"]
        assert (values.attention.total, values.navigation) == (0, [])


def test_a_hostile_name_stays_text():
    html = frame(make_user(first_name="<script>", last_name="</title>"))
    assert "<script></title>" not in str(html).replace("&lt;", "<").split("person-text")[0]
    assert [script["src"] for script in html.select("script")]


def test_the_session_is_extended_by_its_owner_only(client: Client):
    address = reverse("staff:session-extend")
    assert client.post(address).status_code == 302
    client.force_login(make_user(), backend=settings.AUTHENTICATION_BACKENDS[1])
    answer = client.post(address)
    assert answer.status_code == 204
    assert answer.cookies["sessionid"]["max-age"] == settings.SESSION_COOKIE_AGE
    assert client.get(address).status_code == 405


def test_a_user_changes_their_language(client: Client):
    user = make_user()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    answer = client.post(reverse("staff:language"), {"language": "en", "next": "/outbox/?page=2"})
    assert answer["Location"] == "/outbox/?page=2"
    user.refresh_from_db()
    assert user.language == "en"


@pytest.mark.parametrize("language", ["sv", "xx", "", "../en"])
def test_other_languages_are_not_taken(client: Client, language: str):
    user = make_user()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    client.post(reverse("staff:language"), {"language": language})
    user.refresh_from_db()
    assert user.language == "nb"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_back_stays_here(client: Client, elsewhere: str):
    answer = client.post(reverse("staff:language"), {"language": "en", "next": elsewhere})
    assert answer["Location"] == reverse("staff:start")


def test_who_is_not_logged_in_may_choose_for_the_log_in_page(client: Client):
    client.post(reverse("staff:language"), {"language": "en"})
    assert one(soup(client.get(reverse("account_login")).content.decode()), "h1").get_text() == "Log in"


@pytest.mark.parametrize(
    "page",
    [
        "account_login", "account_reset_password", "account_reset_password_done",
        "account_reset_password_from_key_done",
    ],
)  # fmt: skip
def test_the_pages_before_log_in_are_drawn_in_norwegian(client: Client, page: str):
    answer = client.get(reverse(page))
    html = soup(answer.content.decode())
    assert answer.status_code == 200
    assert one(html, "html")["lang"] == "nb"
    assert one(html, "h1").get_text(strip=True)
    assert not html.select("script:not([src]), [style], [onclick]")


def test_the_password_is_changed_inside_the_frame(client: Client):
    client.force_login(make_user(password="an-old-secret"), backend=settings.AUTHENTICATION_BACKENDS[1])
    html = soup(client.get(reverse("account_change_password")).content.decode())
    assert one(html, "h1").get_text() == "Bytt passord"


def test_a_used_link_for_a_new_password_says_so(client: Client):
    answer = client.get(reverse("account_reset_password_from_key", args=["1", "no-key"]), follow=True)
    assert one(soup(answer.content.decode()), "h1").get_text() == "Lenken virker ikke lenger"
