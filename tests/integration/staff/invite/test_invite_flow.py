"""From ticked applicants to Send, through the pages."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from samtale.interviews.models import Dispatch, Interview, Invitation
from samtale.outbox.models import Message
from samtale.recruiting.models import ProjectAccess
from tests.factories.accounts import make_user
from tests.factories.interviews import make_invitation, send_invitations
from tests.factories.recruiting import give_access, make_application, make_project

pytestmark = pytest.mark.django_db


def test_one_applicant_from_step_1_to_the_list(flow, project):
    flow = flow(make_application(project, first_name="Amina", last_name="Hassan"))
    assert "Inviter 1 søker til intervju" in flow.text
    flow.to_step_2(place="Rådhuset")

    flow.press("send")

    assert flow.response.status_code == 302
    assert flow.response["Location"] == reverse("staff:applications", args=[project.pk])
    interview = Interview.objects.get()
    assert interview.start == datetime(2026, 3, 16, 8, tzinfo=UTC)
    assert list(interview.interviewers.all()) == [project.owner]
    invitation = Message.objects.get(kind="invitation.interview_1")
    assert invitation.sender_address == "kari@example.org"
    reminder = Message.objects.get(kind="reminder.email")
    assert reminder.due_at == datetime(2026, 3, 14, 8, tzinfo=UTC)


def test_several_applicants_get_consecutive_times_that_can_be_changed(flow, project):
    applications = [make_application(project, last_name=name) for name in ("A", "B", "C")]
    flow = flow(*applications)

    flow.press("next", date="2026-03-16", time="09:00", duration="30", pause="15")
    assert flow.fields[f"slot-{applications[2].pk}-time"] == "10:30"
    flow.press("next", **{f"slot-{applications[1].pk}-time": "13:00"})
    flow.press("send")

    starts = list(
        Interview.objects.order_by("invitations__application__sort_name").values_list("start", flat=True)
    )
    assert [start.strftime("%H:%M") for start in starts] == ["08:00", "12:00", "09:30"]


def test_the_day_has_an_end(flow, project):
    applications = [make_application(project, last_name=name) for name in ("A", "B", "C")]
    flow = flow(*applications).press("next", date="2026-03-06", time="14:00", duration="60", day_end="16:00")
    assert flow.fields[f"slot-{applications[1].pk}-date"] == "2026-03-06"
    assert flow.fields[f"slot-{applications[2].pk}-date"] == "2026-03-09"  # Monday
    assert flow.fields[f"slot-{applications[2].pk}-time"] == "14:00"


def test_a_group_meets_once(flow, project):
    flow = flow(*[make_application(project) for _ in range(3)]).to_step_2(type="group")
    flow.press("send")
    assert Interview.objects.get().invitations.count() == 3


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"date": "2026-03-01"}, "date", "Datoen er passert."),
        ({"date": "2026-03-02", "time": "09:59"}, "time", "Klokkeslettet er passert"),
        ({"date": "", "time": ""}, "date", "Velg en dato."),
        ({"date": "16/3"}, "date", "Skriv datoen"),
        ({"date": "2026-03-29", "time": "02:30"}, "time", "finnes"),
        ({"date": "0001-01-01", "time": "00:10"}, "date", "Skriv datoen"),
        ({"date": "9999-12-31"}, "date", "Skriv datoen"),
        ({"duration": "0"}, "duration", "Varigheten må være"),
        ({"duration": "-30"}, "duration", "Varigheten må være"),
        ({"duration": "721"}, "duration", "Varigheten må være"),
        ({"duration": "en time"}, "duration", "Varigheten må være"),
        ({"interviewers": []}, "interviewers", "Velg minst én"),
        ({"place": ""}, "place", "Skriv hvor"),
        ({"type": "video", "video_link": ""}, "video_link", "lenken"),
        ({"type": "video", "video_link": "javascript:alert(1)"}, "video_link", "https://"),
        ({"time": "14:00", "day_end": "13:00"}, "day_end", "Dagen kan ikke slutte"),
    ],
)
def test_bad_input_is_explained_beside_its_field_and_kept(flow, project, changes, field, message):
    flow = flow(make_application(project), make_application(project))
    typed = {"date": "2026-03-16", "time": "09:00", "pause": "7"} | changes
    flow.press("next", **typed)
    assert message in flow.error_beside(field)
    assert flow.fields["pause"] == "7"
    if isinstance(changes.get(field), str):
        assert flow.fields[field] == changes[field]
    assert not Dispatch.objects.exists()


def test_back_keeps_what_was_typed_in_both_steps(flow, project):
    flow = flow().to_step_2(duration="25")
    flow.press("back", **{"texts-nb-content": "Hei du\n{confirmlink}", "reminder_days": "3"})
    assert flow.fields["duration"] == "25"
    flow.press("next", duration="50")
    assert flow.fields["texts-nb-content"] == "Hei du\n{confirmlink}"
    assert flow.fields["reminder_days"] == "3"
    assert flow.fields["duration"] == "50"
    assert not Dispatch.objects.exists()


def test_pressing_send_twice_creates_one_interview(flow, project):
    flow = flow().to_step_2()
    form = flow.fields | {"go": "send"}
    address = reverse("staff:invite", args=[project.pk])
    assert flow.client.post(address, form).status_code == 302
    again = flow.client.post(address, form, follow=True)
    assert "sendt allerede" in again.content.decode()
    assert Interview.objects.count() == Invitation.objects.count() == 1


def test_who_is_invited_already_is_pointed_out_in_step_1(flow, project):
    application = make_application(project, first_name="Bjørn", last_name="Aasen")
    make_invitation(application=application)
    flow = flow(application)
    assert "Allerede innkalt" in flow.text
    assert "Bjørn Aasen" in flow.text
    flow.to_step_2().press("send")
    assert Invitation.objects.filter(application=application).count() == 2


def test_who_was_invited_in_another_tab_meanwhile_stops_the_send(flow, project):
    application = make_application(project, first_name="Bjørn", last_name="Aasen")
    flow = flow(application).to_step_2()
    send_invitations(project, [application])
    flow.press("send")
    assert flow.response.status_code == 200
    assert "Bjørn Aasen" in flow.text
    assert Interview.objects.count() == 1


def test_who_has_withdrawn_is_left_out_by_name(flow, project):
    gone = make_application(project, status="withdrawn", first_name="Bjørn", last_name="Aasen")
    flow = flow(gone, make_application(project))
    assert "Bjørn Aasen" in flow.text
    assert "Inviter 1 søker" in flow.text


@pytest.mark.parametrize("level", ["none", "read"])
def test_only_those_who_may_invite_do(client, clock, project, level):
    stranger = make_user()
    give_access(stranger, project, ProjectAccess.Level(level))
    client.force_login(stranger)
    application = make_application(project)
    for name in ("invite", "invite-slots", "invite-preview"):
        response = client.post(
            reverse(f"staff:{name}", args=[project.pk]), {"applications": str(application.pk), "go": "send"}
        )
        assert response.status_code == (404 if level == "none" else 403)


def test_applicants_of_other_projects_cannot_be_smuggled_in(flow, project):
    other = make_application(make_project(), first_name="Olav", last_name="Fremmed")
    flow = flow(other, make_application(project))
    assert "Olav Fremmed" not in flow.text
    assert "Inviter 1 søker" in flow.text


def test_a_telephone_interview_has_no_place(flow, project):
    application = make_application(project, mobile="+4740000000")
    flow = flow(application).to_step_2(type="phone", place="Rådhuset")
    assert "vi ringer deg på +47 40 00 00 00" in flow.text
    flow.press("send")
    assert Interview.objects.get().place == ""


def test_removing_one_of_two_stays_in_step_1(flow, project):
    first, second = make_application(project, last_name="A"), make_application(project, last_name="B")
    flow = flow(first, second)
    flow.response = flow.client.post(
        reverse("staff:invite", args=[project.pk]),
        flow.fields | {"date": "2026-03-16", "time": "09:00", "remove": str(second.pk)},
    )
    assert flow.page.select_one("select[name=type]")
    assert not flow.page.select(".ds-error-summary")
    assert flow.fields["applications"] == str(first.pk)
    assert flow.fields["date"] == "2026-03-16"


def test_coming_by_an_address_leads_to_the_list(flow, project):
    client = flow().client
    for name in ("invite", "progress"):
        answer = client.get(reverse(f"staff:{name}", args=[project.pk]), follow=True)
        assert answer.redirect_chain == [(reverse("staff:applications", args=[project.pk]), 302)]
        assert "Ingenting er sendt." in answer.content.decode()


def test_what_another_type_of_interview_needed_stops_nobody(flow, project):
    flow = flow().press(
        "next", date="2026-03-16", time="09:00", type="video", video_link="javascript:alert(1)"
    )
    assert "https://" in flow.error_beside("video_link")
    flow.press("next", type="in_person", place="Rådhuset")
    assert flow.page.select_one("select[name=action]"), flow.text
    flow.press("send")
    assert Interview.objects.get().video_link == ""
