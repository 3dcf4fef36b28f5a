"""Step 1 says who is taken before anybody goes on, and offers the first times at which all can."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from samtale.calendars.models import BusyBlock
from samtale.core.models import AuditEntry
from samtale.interviews.models import Booking, Interview, Room
from tests.factories.accounts import make_user
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import give_access, make_application, make_project
from tests.integration.staff.interview.conftest import Page

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 3, 16, 8, tzinfo=UTC)
AT_NINE = {"date": "2026-03-16", "time": "09:00", "duration": "45"}


def may_overbook(project) -> None:
    project.owner.may_overbook = True
    project.owner.save()


def alerts(flow) -> str:
    return " ".join(" ".join(each.get_text(" ").split()) for each in flow.page.select("#checks .ds-alert"))


def offers(flow) -> list[str]:
    return [button["value"] for button in flow.page.select("#checks button[name=take_time]")]


def test_who_is_taken_is_named_with_the_project_one_may_see(flow, project):
    make_interview(project, start=NINE + timedelta(minutes=30))
    flow = flow().press("next", **AT_NINE)
    assert (
        "Kari Lunde er opptatt man 16. mar 09:30–10:15 (Intervju 1, Sykepleier, hjemmetjenesten)."
        in alerts(flow)
    )
    assert not flow.page.select_one("select[name=action]")
    assert flow.fields["time"] == "09:00"
    assert not flow.page.select_one("[name=books_anyway]")


def test_a_project_one_may_not_see_is_not_named(flow, project):
    per = make_user(first_name="Per", last_name="Vik")
    give_access(per, project, "normal")
    make_interview(make_project(title="Hemmelig"), start=NINE, interviewers=[per])
    flow = flow().press("next", **AT_NINE, interviewers=[str(per.pk)])
    assert "Per Vik er opptatt man 16. mar 09:00–09:45 (annet intervju)." in alerts(flow)
    assert "Hemmelig" not in flow.text


def test_booking_anyway_is_a_deliberate_yes_to_just_these(flow, project):
    may_overbook(project)
    make_interview(project, start=NINE)
    make_interview(project, start=NINE + timedelta(hours=2))
    flow = flow().press("next", **AT_NINE)
    agreed = flow.page.select_one("[name=books_anyway]")["value"]
    flow.press("next", books_anyway=agreed, time="11:00")
    assert not flow.page.select_one("select[name=action]")  # a yes to something else
    flow.press("next", books_anyway=agreed, time="09:00")
    flow.press("back").press("next").press("send")
    assert Interview.objects.count() == 3
    assert Booking.objects.filter(knowingly=True, start=NINE).exists()
    assert AuditEntry.objects.filter(verb="double_booked").exists()


def test_without_the_right_a_yes_is_none(flow, project):
    make_interview(project, start=NINE)
    flow = flow().press("next", **AT_NINE)
    project.owner.may_overbook = True
    project.owner.save()
    agreed = flow.press("next").page.select_one("[name=books_anyway]")["value"]
    project.owner.may_overbook = False
    project.owner.save()
    flow.press("next", books_anyway=agreed)
    assert not flow.page.select_one("select[name=action]")
    assert Interview.objects.count() == 1


def test_who_is_booked_while_the_letter_is_written(flow, project):
    flow = flow().to_step_2(duration="45")
    make_interview(project, start=NINE)
    flow.press("send")
    assert "Kari Lunde er opptatt" in alerts(flow)
    assert Interview.objects.count() == 1


def test_every_applicant_has_the_conflict_of_their_own_time(flow, project):
    amina = make_application(project, first_name="Amina", last_name="Hassan")
    bo = make_application(project, first_name="Bo", last_name="Zakariassen")
    make_interview(project, start=NINE + timedelta(minutes=45))
    flow = flow(amina, bo).press("next", **AT_NINE)
    found = alerts(flow)
    assert "Bo Zakariassen, 09:45: Kari Lunde er opptatt" in found and "Amina Hassan, 09:00" not in found


def test_a_calendar_outside_only_warns_and_only_once(flow, project):
    BusyBlock.objects.create(user=project.owner, start=NINE, end=NINE + timedelta(hours=1))
    flow = flow().press("next", **AT_NINE)
    assert "Kari Lunde er opptatt man 16. mar 09:00–10:00 (egen kalender)." in alerts(flow)
    flow.press("next").press("back").press("next").press("send")
    assert Interview.objects.count() == 1


def test_a_room_is_booked_and_is_the_place(flow, project):
    room = Room.objects.create(name="4B", address="Rådhuset", department=project.department, capacity=2)
    make_interview(make_project(department=project.department), start=NINE, room=room, interviewers=[])
    flow = flow().press("next", **AT_NINE, room=str(room.pk))
    assert "4B er opptatt man 16. mar 09:00–09:45" in alerts(flow)
    flow.press("next", time="10:00").press("send")
    interview = Interview.objects.latest("pk")
    assert (interview.room, interview.place) == (room, "Rådhuset, 4B")
    assert Booking.objects.filter(interview=interview, room=room).exists()


@pytest.mark.parametrize("whose", ["room", "department"])
def test_the_longest_address_and_name_of_a_room_are_a_place_that_can_be_moved(flow, project, client, whose):
    address, name = "A" * 300, "R" * 100
    room = Room.objects.create(
        name=name, address=address if whose == "room" else "", department=project.department
    )
    if whose == "department":
        type(project.department).objects.update(address=address)
    flow().to_step_2(room=str(room.pk), type="in_person").press("send")
    interview = Interview.objects.get()
    assert interview.place == f"{address}, {name}"

    page = Page(client, f"/interviews/{interview.pk}/move/")
    assert page.press("save", date="2026-03-17", action="none") == 302
    interview.refresh_from_db()
    assert (interview.start.day, interview.place) == (17, f"{address}, {name}")


def test_a_room_of_another_department_or_out_of_use_is_not_offered(flow, project):
    Room.objects.create(name="Annen", department=make_project().department)
    Room.objects.create(name="Stengt", is_active=False)
    Room.objects.create(name="Felles")
    listed = [option.text for option in flow().page.select("select[name=room] option")]
    assert listed == ["Uten rom", "Felles"]


def test_a_phone_call_is_in_no_room(flow, project):
    room = Room.objects.create(name="4B", department=project.department)
    flow().to_step_2(type="phone", room=str(room.pk)).press("send")
    assert Interview.objects.get().room is None


def test_more_people_than_seats_and_room_is_said_once(flow, project):
    room = Room.objects.create(name="4B", department=project.department, capacity=2)
    group = [make_application(project) for _number in range(3)]
    plan = AT_NINE | {"type": "group", "room": str(room.pk), "seats": "2"}
    flow = flow(*group).press("next", **plan)
    assert "3 er invitert til 2 plasser. De første som svarer ja, får dem." in alerts(flow)
    assert "4B har plass til 2. Med intervjuerne kan det komme 3." in alerts(flow)
    flow.press("next").press("send")
    assert Interview.objects.get().seats == 2


def test_a_candidate_in_two_places_at_once(flow, project):
    application = make_application(project, first_name="Amina", last_name="Hassan")
    other = make_project(title="Vaktmester")
    elsewhere = make_application(other, candidate=application.candidate, status="invited")
    make_invitation(application=elsewhere, start=NINE + timedelta(minutes=15))
    flow = flow(application).press("next", **AT_NINE)
    assert "Amina Hassan har en annen avtale med oss på dette tidspunktet." in alerts(flow)
    assert "Vaktmester" not in flow.text
    give_access(project.owner, other, "read")
    flow.press("next", duration="50")
    assert "Amina Hassan er invitert til Intervju 1 i Vaktmester, man 16. mar 09:15–10:00." in alerts(flow)


def test_the_first_time_all_can_is_one_click_away(flow, project):
    per = make_user(first_name="Per", last_name="Vik")
    give_access(per, project, "normal")
    make_interview(start=NINE - timedelta(hours=1), interviewers=[per], duration=90)
    BusyBlock.objects.create(user=project.owner, start=NINE, end=NINE + timedelta(hours=1))
    both = [str(project.owner.pk), str(per.pk)]
    flow = flow().press("next", **AT_NINE, interviewers=both)
    assert offers(flow)[:2] == ["2026-03-16T10:00", "2026-03-16T10:45"]
    flow.press("", take_time="2026-03-16T10:00")
    assert (flow.fields["date"], flow.fields["time"]) == ("2026-03-16", "10:00")
    assert sorted(flow.fields["interviewers"]) == sorted(both)
    assert not offers(flow) and "Ingen er meldt opptatt på dette tidspunktet." in flow.text
    assert flow.press("next").page.select_one("select[name=action]")


def test_the_first_time_all_can_is_there_before_a_time_is_chosen(flow, project):
    assert offers(flow())[0] == "2026-03-03T08:00"


def test_several_applicants_are_offered_a_start_from_which_all_fit(flow, project):
    make_interview(project, start=NINE + timedelta(minutes=45))  # 09:45 to 10:30
    flow = flow(*[make_application(project) for _number in range(4)]).press("next", **AT_NINE)
    assert offers(flow)[0] == "2026-03-16T10:30"
    flow.press("", take_time=offers(flow)[0])
    times = [flow.fields[name] for name in flow.fields if name.startswith("slot-") and name.endswith("-time")]
    assert sorted(times) == ["10:30", "11:15", "12:00", "12:45"]


@pytest.mark.parametrize("typed", ["", "tomorrow", "2026-13-01T09:00", "9" * 500])
def test_what_is_no_time_changes_nothing(flow, typed):
    flow = flow().press("next", **AT_NINE).press("back").press("", take_time=typed)
    assert flow.response.status_code == 200 and flow.fields["time"] == "09:00"


def test_the_part_that_refreshes_says_the_same(flow, project, django_assert_max_num_queries):
    make_interview(project, start=NINE)
    flow = flow()
    with django_assert_max_num_queries(22):
        part = flow.client.post(
            reverse("staff:invite-checks", args=[project.pk]), flow.fields | AT_NINE
        ).content.decode()
    assert "Kari Lunde er opptatt" in part and "2026-03-16T09:45" in part
