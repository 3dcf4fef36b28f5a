"""The programs that people use read what Samtale writes, each in its own way."""

from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from samtale.calendars.models import Feed
from samtale.core import clock as wall_clock
from samtale.interviews.models import Interview, Invitation
from tests.factories.accounts import make_organisation
from tests.factories.calendars import feed_path, make_caldav_calendar, make_feed
from tests.factories.interviews import make_invitation
from tests.factories.recruiting import make_application, make_project
from tests.integration.calendars.tools import run, tool
from tests.radicale_server import PASSWORD, USER, RadicaleServer

pytestmark = [pytest.mark.tool, pytest.mark.timeout(500)]


@pytest.fixture
def invitation(transactional_db: None) -> Invitation:
    make_organisation()
    project = make_project(title="Sykepleier; natt, Åsane " + "og ellers overalt " * 8)
    start = wall_clock.now().replace(hour=9, minute=0, second=0, microsecond=0)
    return make_invitation(
        application=make_application(project), start=start.replace(year=start.year + 1, month=1, day=20)
    )


@pytest.fixture
def feed(invitation: Invitation) -> Feed:
    return make_feed(invitation.interview.project.owner)


def test_vdirsyncer_fetches_the_feed_and_khal_shows_it(
    feed: Feed, invitation: Invitation, live_server: LiveServer, tmp_path: Path
):
    vdirsyncer = tool("vdirsyncer", "vdirsyncer>=0.20") / "vdirsyncer"
    khal = tool("khal", "khal>=0.13") / "khal"
    settings = tmp_path / "vdirsyncer.conf"
    settings.write_text(
        f'[general]\nstatus_path = "{tmp_path}/status/"\n'
        '[pair feed]\na = "here"\nb = "there"\ncollections = null\nconflict_resolution = "b wins"\n'
        f'[storage here]\ntype = "filesystem"\npath = "{tmp_path}/calendar/"\nfileext = ".ics"\n'
        f'[storage there]\ntype = "http"\nurl = "{live_server.url}{feed_path(feed)}"\n'
    )
    (tmp_path / "calendar").mkdir()
    run(vdirsyncer, "-c", str(settings), "discover", home=tmp_path, text="y\ny\n")
    run(vdirsyncer, "-c", str(settings), "sync", home=tmp_path)
    assert len(list((tmp_path / "calendar").iterdir())) == 1

    shown = tmp_path / "khal.conf"
    shown.write_text(
        f"[calendars]\n[[feed]]\npath = {tmp_path}/calendar\n[locale]\nlocal_timezone = Europe/Oslo\n"
        "default_timezone = Europe/Oslo\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
        "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"[sqlite]\npath = {tmp_path}/khal.db\n"
    )
    interview = invitation.interview
    day = f"{interview.local_start:%Y-%m-%d}"
    said = run(
        khal,
        "-c",
        str(shown),
        "list",
        "--format",
        "{start} {end} {title} | {location}",
        day,
        "1d",
        home=tmp_path,
    )
    assert f"{interview.local_start:%Y-%m-%d %H:%M} {interview.local_end:%Y-%m-%d %H:%M}" in said
    assert "Sykepleier; natt, Åsane" in said
    assert "Rådhuset, møterom 4B" in said

    run(vdirsyncer, "-c", str(settings), "sync", home=tmp_path)  # nothing has changed
    Interview.objects.update(state=Interview.State.CANCELLED)
    run(vdirsyncer, "-c", str(settings), "sync", home=tmp_path)
    (kept,) = (tmp_path / "calendar").iterdir()
    assert "STATUS:CANCELLED" in kept.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_caldav_package_finds_what_was_copied(
    invitation: Invitation, radicale: RadicaleServer, run_all, tmp_path: Path
):
    python = tool("caldav", "caldav>=3") / "python"
    address = radicale.make_calendar()
    make_caldav_calendar(address, invitation.interview.project.owner, receives_interviews=True)
    run_all()
    script = (
        "import sys, caldav\n"
        "url, user, password = sys.argv[1:]\n"
        "client = caldav.DAVClient(url=url, username=user, password=password)\n"
        "for calendar in client.principal().calendars():\n"
        "    for event in calendar.events():\n"
        "        found = event.icalendar_component\n"
        "        print(found['uid'], found['dtstart'].dt.isoformat(), found['summary'])\n"
    )
    said = run(python, "-c", script, radicale.url, USER, PASSWORD, home=tmp_path)
    interview = invitation.interview
    assert f"interview-{interview.pk}@samtale.example.org {interview.start.isoformat()}" in said
    assert invitation.application.candidate.name in said
