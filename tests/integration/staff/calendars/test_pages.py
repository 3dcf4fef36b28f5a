"""One's own calendars, on their page."""

import re

import pytest
from django.urls import reverse

from samtale.calendars.domain.feeds import token_of
from samtale.calendars.domain.outside_calendars import access_of
from samtale.calendars.models import Feed, OutsideCalendar
from samtale.core.models import AuditEntry
from tests.factories.accounts import make_user
from tests.factories.calendars import feed_path, make_caldav_calendar, make_feed, make_ics_calendar
from tests.radicale_server import PASSWORD, USER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PAGE = "/settings/profile/calendars/"
ICS = {
    "kind": "ics",
    "label": "Privat",
    "address": "https://calendar.example.org/a.ics",
    "counts_as_busy": "on",
}


@pytest.fixture
def kari(client):
    user = make_user()
    client.force_login(user)
    return user


def caldav(address: str, **fields: str) -> dict[str, str]:
    return {
        "kind": "caldav",
        "label": "Jobb",
        "address": address,
        "user": USER,
        "password": PASSWORD,
        "counts_as_busy": "on",
        "receives_interviews": "on",
    } | fields


def test_a_subscription_is_made_and_its_address_works(client, kari):
    answer = client.post(
        f"{PAGE}feeds/new/", {"label": "Outlook", "scope": "own", "with_names": "on"}, follow=True
    )
    address = re.search(r'value="(https://samtale\.example\.org/feed/[^"]+)"', answer.content.decode())
    assert address
    assert client.get(address[1].removeprefix("https://samtale.example.org")).status_code == 200
    assert Feed.objects.get().with_names


def test_another_address_stops_the_first_and_only_after_asking(client, kari):
    feed = make_feed(kari)
    old = feed_path(feed)
    assert client.post(f"{PAGE}feeds/{feed.pk}/renew/").status_code == 200
    assert client.get(old).status_code == 200
    client.post(f"{PAGE}feeds/{feed.pk}/renew/", {"confirmed": "1"})
    assert client.get(old).status_code == 404
    assert client.get(feed_path(Feed.objects.get())).status_code == 200


def test_an_ended_subscription_is_gone(client, kari):
    feed = make_feed(kari)
    client.post(f"{PAGE}feeds/{feed.pk}/end/")
    assert client.get(feed_path(feed)).status_code == 200
    client.post(f"{PAGE}feeds/{feed.pk}/end/", {"confirmed": "1"})
    assert client.get(feed_path(feed)).status_code == 404


def test_an_address_that_cannot_be_read_any_longer_is_said_to_work_still(client, kari, settings):
    path = feed_path(make_feed(kari))
    settings.SECRET_KEY = "a new key, which is long enough to be one"
    client.force_login(kari)
    answer = client.get(PAGE)
    assert "kan ikke lenger vises" in answer.content.decode()
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "name", ["feed-renew", "feed-end", "outside-edit", "outside-refresh", "outside-disconnect"]
)
def test_what_is_somebody_elses_is_not_found(client, kari, name):
    other = make_user()
    thing = (
        make_feed(other)
        if name.startswith("feed")
        else make_ics_calendar("https://a.example.org/a.ics", other)
    )
    answer = client.post(reverse(f"staff:{name}", args=[thing.pk]), {"confirmed": "1"})
    assert answer.status_code == 404
    assert "a.example.org" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://calendar.example.org/a.ics", "https://calendar.example.org/a.ics"),
        ("webcal://calendar.example.org/a.ics", "https://calendar.example.org/a.ics"),
        (" calendar.example.org/a.ics ", "https://calendar.example.org/a.ics"),
    ],
)
def test_a_published_calendar_is_connected(client, kari, typed, kept):
    assert client.post(f"{PAGE}connect/", ICS | {"address": typed}).status_code == 302
    calendar = OutsideCalendar.objects.get()
    assert access_of(calendar).address == kept
    assert (calendar.user, calendar.counts_as_busy, calendar.receives_interviews) == (kari, True, False)
    assert "a.ics" not in client.get(PAGE).content.decode()
    assert "a.ics" not in str(AuditEntry.objects.order_by("-pk").first().data)


@pytest.mark.parametrize(
    "typed",
    [
        "http://calendar.example.org/a.ics",
        "https://127.0.0.1/a",
        "https://kari:hei@example.org/",
        "ftp://a.no/",
        "https://",
        "[",
        "",
    ],
)
def test_an_address_that_samtale_does_not_go_to_is_said_beside_its_field(client, kari, typed):
    answer = client.post(f"{PAGE}connect/", ICS | {"address": typed})
    assert answer.status_code == 422
    assert "address" in answer.context["form"].errors
    assert "Privat" in answer.content.decode()
    assert not OutsideCalendar.objects.exists()


def test_a_caldav_calendar_needs_user_and_password(client, kari):
    answer = client.post(f"{PAGE}connect/", caldav("https://sky.example.org/", user="", password=""))
    assert {"user", "password"} <= set(answer.context["form"].errors)


def test_the_address_of_a_calendar_is_connected_at_once(client, kari, radicale):
    address = radicale.make_calendar()
    radicale.make_calendar("Annen")
    assert client.post(f"{PAGE}connect/", caldav(address)).status_code == 302
    assert access_of(OutsideCalendar.objects.get()).address == address


def test_of_several_calendars_one_is_chosen_and_the_password_is_not_in_the_page(client, kari, radicale):
    first, second = radicale.make_calendar("En"), radicale.make_calendar("To")
    radicale.make_calendar("Oppgaver", kind="VTODO")
    answer = client.post(f"{PAGE}connect/", caldav(radicale.url))
    page = answer.content.decode()
    assert PASSWORD not in page
    assert [address for address, _name in answer.context["form"].fields["calendar"].choices] == [
        first,
        second,
    ]
    found = re.search(r'name="found" value="([^"]+)"', page)
    assert found
    assert client.post(f"{PAGE}connect/", {"found": found[1]}).status_code == 422
    assert (
        client.post(f"{PAGE}connect/", {"found": found[1], "calendar": "https://elsewhere.no/"}).status_code
        == 422
    )
    assert client.post(f"{PAGE}connect/", {"found": found[1], "calendar": second}).status_code == 302
    calendar = OutsideCalendar.objects.get()
    assert access_of(calendar).address == second
    assert access_of(calendar).password == PASSWORD
    assert calendar.receives_interviews


def test_what_was_found_for_one_is_of_no_use_to_another(client, kari, radicale):
    radicale.make_calendar("En")
    radicale.make_calendar("To")
    page = client.post(f"{PAGE}connect/", caldav(radicale.url)).content.decode()
    found = re.search(r'name="found" value="([^"]+)"', page)
    assert found
    client.force_login(make_user())
    for sealed in (found[1], "nonsense"):
        answer = client.post(f"{PAGE}connect/", {"found": sealed, "calendar": f"{radicale.url}/kari/to/"})
        assert answer.headers["Location"] == f"{PAGE}connect/"
    assert not OutsideCalendar.objects.exists()


@pytest.mark.parametrize(
    ("path", "password", "words"),
    [("/", "wrong", "godtar ikke brukernavnet"), ("/kari/none/", PASSWORD, "")],
)
def test_what_is_wrong_with_a_server_is_said_beside_the_address(
    client, kari, radicale, path, password, words
):
    answer = client.post(f"{PAGE}connect/", caldav(radicale.url + path, password=password))
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["address"])


def test_what_is_left_empty_stays(client, kari):
    calendar = make_caldav_calendar("https://sky.example.org/kari/a/", kari)
    address = f"{PAGE}{calendar.pk}/"
    assert PASSWORD not in client.get(address).content.decode()
    client.post(address, {"label": "Nytt", "counts_as_busy": "on"})
    changed = OutsideCalendar.objects.get()
    assert (changed.label, access_of(changed).password) == ("Nytt", PASSWORD)
    client.post(address, {"label": "Nytt", "password": "annet"})
    changed = OutsideCalendar.objects.get()
    assert (access_of(changed).password, access_of(changed).user) == ("annet", USER)
    assert not changed.counts_as_busy


def test_after_a_new_key_the_page_asks_for_all_of_it_again(client, kari, settings, outside, run_all):
    calendar = make_ics_calendar(f"{outside.url}/a.ics", kari)
    settings.SECRET_KEY = "a new key, which is long enough to be one"
    client.force_login(kari)
    run_all()
    page = client.get(PAGE).content.decode()
    assert "Skriv dem inn på nytt." in page
    address = f"{PAGE}{calendar.pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"label": "Privat"}).status_code == 422
    assert client.post(address, {"label": "Privat", "address": f"{outside.url}/b.ics"}).status_code == 302
    assert access_of(OutsideCalendar.objects.get()).address == f"{outside.url}/b.ics"


def test_disconnecting_asks_first(client, kari):
    calendar = make_ics_calendar("https://calendar.example.org/a.ics", kari)
    client.post(f"{PAGE}{calendar.pk}/disconnect/")
    assert OutsideCalendar.objects.exists()
    client.post(f"{PAGE}{calendar.pk}/disconnect/", {"confirmed": "1"})
    assert not OutsideCalendar.objects.exists()


def test_there_is_an_end_to_how_many_one_may_have(client, kari):
    for _ in range(20):
        make_feed(kari)
        make_ics_calendar("https://calendar.example.org/a.ics", kari)
    assert client.post(f"{PAGE}feeds/new/", {"label": "x", "scope": "own"}).status_code == 422
    assert client.post(f"{PAGE}connect/", ICS).status_code == 422


def test_the_page_costs_the_same_however_many_there_are(client, kari, django_assert_max_num_queries):
    for _ in range(10):
        make_feed(kari)
        make_ics_calendar("https://calendar.example.org/a.ics", kari)
    with django_assert_max_num_queries(12):
        client.get(PAGE)


def test_nobody_sees_the_token_in_the_database():
    feed = make_feed()
    row = Feed.objects.values().get()
    assert not any(token_of(feed) in str(value) for value in row.values())
