"""Step 2 of inviting: what is written, what is offered, and what is said before anything is sent."""

import pytest
from django.urls import reverse

from samtale.interviews.models import Dispatch
from samtale.outbox.models import Message, MessageTemplate
from tests.factories.recruiting import make_application

pytestmark = pytest.mark.django_db


def test_untouched_texts_follow_the_round_and_touched_ones_stay(flow, project):
    flow = flow().to_step_2()
    flow.press("back").press("next", round="interview_2")
    assert "andregangsintervju" in flow.fields["texts-nb-subject"]
    flow.press("back", **{"texts-nb-subject": "Kom igjen"}).press("next", round="interview_3")
    assert flow.fields["texts-nb-subject"] == "Kom igjen"
    assert "Intervju 2" in flow.text
    flow.press("template")
    assert "tredjegangsintervju" in flow.fields["texts-nb-subject"]


def test_an_unknown_tag_is_named_beside_its_field(flow, project):
    flow = flow().to_step_2().press("send", **{"texts-nb-content": "Hei {firstname} {confirmlink}"})
    assert "{firstname}" in flow.error_beside("texts-nb-content")
    assert flow.fields["texts-nb-content"] == "Hei {firstname} {confirmlink}"
    assert not Dispatch.objects.exists()


def test_an_empty_tag_is_named_with_the_candidates_it_is_empty_for(flow, project):
    application = make_application(project, first_name="Amina", last_name="Hassan")
    flow = flow(application).to_step_2().press("send", **{"texts-nb-content": "{route} {confirmlink}"})
    error = flow.error_beside("texts-nb-content")
    assert "{route}" in error
    assert "Amina Hassan" in error
    assert not Dispatch.objects.exists()


def test_without_a_link_the_recruiter_is_warned_once(flow, project):
    flow = flow().to_step_2()
    fields = flow.fields
    assert "includes_link" not in fields  # the shipped template has the tag
    flow.press("send", **{"texts-nb-content": "Hei"})
    assert "Mangler lenke å svare med: Norsk" in flow.text
    assert not Dispatch.objects.exists()
    flow.press("send")
    assert Dispatch.objects.count() == 1


def test_sms_without_a_number_warns_with_names_first(flow, project):
    project.owner.may_send_sms = True
    project.owner.save()
    flow = flow(make_application(project, mobile="", first_name="Gunnar", last_name="Moe")).to_step_2()
    flow.press("send", reminder="both", reminder_days="2")
    assert "Gunnar Moe" in flow.text
    assert not Dispatch.objects.exists()
    flow.press("send")
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert kinds == {"invitation.interview_1", "reminder.email"}


def test_sms_choices_are_not_there_without_the_right_and_forged_ones_are_refused(flow, project):
    project.owner.may_send_sms = False
    project.owner.save()
    flow = flow().to_step_2()
    assert not flow.page.select("input[name=reminder][value=sms]")
    flow.press("send", reminder="sms", reminder_days="2")
    assert flow.response.status_code == 200
    assert flow.error_beside("reminder")
    assert not Dispatch.objects.exists()


def test_days_for_which_it_is_too_late_are_disabled_and_refused(flow, project):
    flow = flow().to_step_2(date="2026-03-05")
    disabled = {
        option["value"]
        for option in flow.page.select("select[name=reminder_days] option")
        if option.has_attr("disabled")
    }
    assert disabled == {"3", "5", "7"}
    assert flow.fields["reminder_days"] == "2"
    flow.press("send", reminder="email", reminder_days="5")
    assert "for sent" in flow.error_beside("reminder_days")
    assert not Dispatch.objects.exists()


def test_the_preview_shows_the_chosen_candidates_letter(flow, project):
    first = make_application(project, first_name="Amina", last_name="A", language="nb")
    second = make_application(project, first_name="David", last_name="B", language="en")
    flow = flow(first, second).to_step_2()
    assert "Hei Amina" in flow.text
    preview = flow.client.post(
        reverse("staff:invite-preview", args=[project.pk]), flow.fields | {"preview_for": str(second.pk)}
    ).content.decode()
    assert "Hello <mark" in preview
    assert "David" in preview
    assert "Monday 16 March 2026" in preview
    assert "09:45" in preview
    assert "Amina" not in preview


def test_a_hostile_name_stays_text_in_the_preview(flow, project):
    flow = flow(make_application(project, first_name="<script>alert(1)</script>{confirmlink}")).to_step_2()
    assert not [tag for tag in flow.page.find_all("script") if "alert(1)" in tag.text]


def own_template(kind: str, content: str) -> None:
    MessageTemplate.objects.create(kind=kind, language="nb", subject="Intervju", content=content)


def test_the_first_preview_is_what_will_be_sent(flow, project):
    own_template("invitation.interview_1", "Hei {first-name}")
    flow = flow().to_step_2()
    assert flow.fields["includes_link"] == "on"
    preview = flow.page.select_one("#preview").get_text(" ")
    assert "Svar på innkallingen" in preview
    assert "Påminnelse" in preview
    flow.press("send")
    assert any(kind == "link" for kind, *_rest in Message.objects.get(kind="invitation.interview_1").content)


def test_the_links_checkbox_follows_the_rounds_template(flow, project):
    own_template("invitation.interview_2", "Hei {first-name}")
    flow = flow().to_step_2()
    assert "includes_link" not in flow.fields
    flow.press("back").press("next", round="interview_2")
    assert flow.fields["includes_link"] == "on"
    flow.press("back").press("next", round="interview_1")
    assert "includes_link" not in flow.fields


@pytest.mark.parametrize("text", ["Hei { first-name }", "Hei {}", "Hei {first-name"])
def test_a_brace_that_is_no_tag_is_named(flow, project, text):
    flow = flow().to_step_2().press("send", **{"texts-nb-content": text + " {confirmlink}"})
    assert "Krøllparentesen" in flow.error_beside("texts-nb-content")
    assert not Dispatch.objects.exists()


def test_without_scripts_the_two_reminders_have_headings_of_their_own(flow):
    page = flow().to_step_2().page
    headings = [heading.text for heading in page.select("h4.without-scripts")]
    assert headings == ["Påminnelse i e-post", "Påminnelse med SMS"]
