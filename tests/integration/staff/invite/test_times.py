"""The applicants' times in step 1: proposed by us, changed by hand, and then kept."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from samtale.core import clock as wall_clock
from samtale.interviews.models import Interview
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.models import Application
from tests.factories.recruiting import make_application
from tests.integration.staff.invite.flow import Flow

pytestmark = pytest.mark.django_db
CHOSEN = {"date": "2026-03-16", "time": "09:00", "duration": "45", "pause": "10"}
NAMES = ["Amina", "Bo", "Cai", "David"]
KEPT = "Tider som er endret for hånd, er beholdt:"


@pytest.fixture
def four(project) -> list[Application]:
    return [make_application(project, first_name=name, last_name=name[0]) for name in NAMES]


@pytest.fixture
def steps(flow, four) -> Flow:
    """Step 1 with times proposed at 09:00, 09:55, 10:50 and 11:45, where Bo's was changed to 13:00."""
    steps = flow(*four).press("next", **CHOSEN)
    assert times(steps, four) == ["09:00", "09:55", "10:50", "11:45"]
    return changed(steps, four[1], time="13:00")


def changed(steps: Flow, application: Application, **values: str) -> Flow:
    """Type into one applicant's fields, and look at the page again without going on."""
    typed = {f"slot-{application.pk}-{name}": value for name, value in values.items()}
    return steps.press("back", **typed)


def slot(steps: Flow, application: Application, name: str = "time") -> str:
    return steps.fields[f"slot-{application.pk}-{name}"]


def times(steps: Flow, applications: list[Application], name: str = "time") -> list[str]:
    return [slot(steps, each, name) for each in applications]


def ask(steps: Flow, **changes: str) -> BeautifulSoup | None:
    """Return what the page's script is answered when something has been changed."""
    response = steps.client.post(
        reverse("staff:invite-slots", args=[steps.project.pk]), steps.fields | changes
    )
    return None if response.status_code == 204 else BeautifulSoup(response.content, "html.parser")


def values(part: BeautifulSoup) -> list[str]:
    return [field["value"] for field in part.select("input[type=time]")]


@pytest.mark.parametrize("kind", ["video", "phone"])
def test_the_type_of_interview_touches_no_time(steps, four, kind):
    link = {"video_link": "https://meet.example.org/1"} if kind == "video" else {}
    assert ask(steps, type=kind) is None
    steps.press("next", type=kind, **link).press("send")
    starts = Interview.objects.order_by("start").values_list("start", flat=True)
    assert [start.strftime("%H:%M") for start in starts] == ["08:00", "09:50", "10:45", "12:00"]
    assert Interview.objects.get(start__hour=13).invitations.get().application == four[1]


def test_the_times_of_a_group_are_out_of_sight_and_come_back(steps, four):
    part = ask(steps, type="group")
    assert not part.select("input[type=time]")
    steps.press("next", type="group")
    assert steps.page.select_one("select[name=action]")
    steps.press("back")
    assert not steps.page.select("#slots input[type=time]")
    assert ask(steps) is None
    assert values(ask(steps, type="phone")) == ["09:00", "13:00", "10:50", "11:45"]
    steps.press("next", type="phone")
    assert steps.page.select("#slots input[type=time]"), "they are shown before one goes on"
    assert times(steps, four) == ["09:00", "13:00", "10:50", "11:45"]


def test_a_group_meets_at_the_first_time_whatever_the_hidden_ones_are(steps, four):
    changed(steps, four[2], time="nonsense").press("next", type="group", time="10:00").press("send")
    assert Interview.objects.get().start == datetime(2026, 3, 16, 9, tzinfo=UTC)


@pytest.mark.parametrize("removed", [0, 2])
def test_removing_somebody_leaves_the_others_times_changed_by_hand(steps, four, removed):
    left = [each for each in four if each != four[removed]]
    steps.press("", remove=str(four[removed].pk))
    assert slot(steps, four[1]) == "13:00"
    assert [slot(steps, each) for each in left if each != four[1]] == ["09:00", "09:55"]
    assert f"{KEPT} Bo B. De andre tidene er foreslått på nytt." in steps.text
    assert not steps.page.select(".ds-error-summary")
    steps.press("next").press("send")
    assert Interview.objects.get(start__hour=13).invitations.get().application == four[1]


def test_removing_whoever_was_changed_by_hand_proposes_the_others_alone(steps, four):
    steps.press("", remove=str(four[1].pk))
    assert times(steps, [four[0], *four[2:]]) == ["09:00", "09:55", "10:50"]
    assert KEPT not in steps.text


def test_the_last_one_left_keeps_a_time_changed_by_hand(flow, four):
    steps = changed(flow(*four[:2]).press("next", **CHOSEN), four[1], date="2026-03-17", time="13:00")
    steps.press("", remove=str(four[0].pk))
    assert (steps.fields["date"], steps.fields["time"]) == ("2026-03-17", "13:00")
    assert f"{KEPT} Bo B." in steps.text
    steps.press("next").press("send")
    assert Interview.objects.get().start == datetime(2026, 3, 17, 12, tzinfo=UTC)


def test_the_last_one_left_is_not_sent_a_time_that_was_not_shown(flow, four):
    steps = flow(*four[:2]).press("next", **CHOSEN).press("next")
    assert steps.page.select_one("select[name=action]")
    set_status(applications=[four[0]], status="withdrawn", by=steps.project.owner, now=wall_clock.now())
    steps.press("send")
    assert not Interview.objects.exists()
    assert "Amina A" in steps.page.select_one(".ds-alert[data-color=warning]").text
    steps.press("next").press("send")
    assert Interview.objects.get().start == datetime(2026, 3, 16, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "proposed"),
    [
        ({"time": "10:00"}, ["10:00", "13:00", "10:55", "11:50"]),
        ({"duration": "30"}, ["09:00", "13:00", "09:40", "10:20"]),
        ({"pause": "0"}, ["09:00", "13:00", "09:45", "10:30"]),
        ({"duration": "90"}, ["09:00", "13:00", "10:40", "14:40"]),  # around the one at 13:00
        ({"time": "13:00"}, ["13:55", "13:00", "14:50", "15:45"]),
    ],
)
def test_the_others_are_proposed_anew_around_a_time_changed_by_hand(steps, four, changes, proposed):
    part = ask(steps, **changes)
    assert values(part) == proposed
    assert f"{KEPT} Bo B." in " ".join(part.get_text(" ").split())
    steps.press("next", **changes)
    assert times(steps, four) == proposed
    assert f"{KEPT} Bo B." in steps.text
    steps.press("next")
    assert steps.page.select_one("select[name=action]"), "what was shown is gone on with"


def test_a_time_changed_by_hand_stays_so_through_every_change(steps, four):
    steps.press("next", time="12:05")  # which would have proposed Bo 13:00
    assert slot(steps, four[1]) == "13:00"
    steps.press("next", time="09:00")
    assert times(steps, four) == ["09:00", "13:00", "09:55", "10:50"]


def test_another_date_takes_along_a_changed_time_but_not_a_changed_date(steps, four):
    changed(steps, four[2], date="2026-03-18")
    steps.press("next", date="2026-03-23")
    assert times(steps, four, "date") == ["2026-03-23", "2026-03-23", "2026-03-18", "2026-03-23"]
    assert times(steps, four) == ["09:00", "13:00", "10:50", "09:55"]
    assert f"{KEPT} Bo B, Cai C." in steps.text
    steps.press("next", date="2026-03-24")
    assert times(steps, four, "date") == ["2026-03-24", "2026-03-24", "2026-03-18", "2026-03-24"]
    assert times(steps, four) == ["09:00", "13:00", "10:50", "09:55"]


def test_while_something_is_missing_the_times_stay(steps, four):
    for missing in ({"date": ""}, {"duration": "x"}, {"date": "2020-01-01"}, {"pause": "-1"}):
        assert ask(steps, **missing) is None
        steps.press("next", **missing)
        assert times(steps, four) == ["09:00", "13:00", "10:50", "11:45"]
        steps.press("next", **CHOSEN)
        assert steps.page.select_one("select[name=action]")
        steps.press("back")
        assert times(steps, four) == ["09:00", "13:00", "10:50", "11:45"]


@pytest.mark.parametrize(
    "chosen", [{}, {"date": "2026-03-16", "time": ""}, {"date": "2020-01-01", "time": "09:00"}]
)
def test_somebody_can_be_removed_before_there_are_times(flow, four, chosen):
    steps = flow(*four).press("", remove=str(four[0].pk), **chosen)
    assert steps.response.status_code == 200
    assert str(four[0].pk) not in steps.fields["applications"].split(",")
    assert not steps.page.select(".ds-error-summary")


def test_an_emptied_time_is_proposed_anew_with_the_others(steps, four):
    changed(steps, four[1], time="").press("next", duration="30")
    assert times(steps, four) == ["09:00", "09:40", "10:20", "11:00"]
    assert KEPT not in steps.text


def test_a_time_that_cannot_be_is_kept_and_named(steps, four):
    changed(steps, four[1], time="02:30").press("next", date="2026-03-29", time="09:00")
    assert slot(steps, four[1]) == "02:30"
    assert "finnes" in steps.error_beside(f"slot-{four[1].pk}-time")
    assert summary(steps) == [("Bo B", f"#id_slot-{four[1].pk}-time")]


def summary(steps: Flow) -> list[tuple[str, str]]:
    """Return whom each line of the error summary names, and where it leads."""
    (shown,) = steps.page.select(".ds-error-summary")
    return [(link.text.partition(":")[0], link["href"]) for link in shown.select("li a")]


def test_one_summary_names_each_applicant_whose_time_is_wrong(steps, four):
    typed = {f"slot-{four[0].pk}-time": "", f"slot-{four[1].pk}-date": "2026-03-01"}
    steps.press("next", **typed | {f"slot-{four[3].pk}-time": "kvart på ti"})
    assert summary(steps) == [
        ("Amina A", f"#id_slot-{four[0].pk}-time"),
        ("Bo B", f"#id_slot-{four[1].pk}-date"),
        ("David D", f"#id_slot-{four[3].pk}-time"),
    ]
    targets = {field["id"] for field in steps.page.select("#slots input[id]")}
    assert {target.removeprefix("#") for _name, target in summary(steps)} <= targets
    assert slot(steps, four[3]) == "kvart på ti"


def test_across_the_end_of_summer_time_what_is_proposed_is_accepted(flow, four):
    steps = flow(*four).press("next", date="2027-10-31", time="01:30", duration="45", pause="0")
    assert times(steps, four) == ["01:30", "03:00", "03:45", "04:30"]
    steps.press("next")
    assert steps.page.select_one("select[name=action]"), steps.text
