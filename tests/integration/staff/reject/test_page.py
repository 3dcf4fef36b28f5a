"""The page that rejects, as a browser without scripts would go through it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samtale.outbox.models import Message
from samtale.recruiting.models import Application
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_invitation
from tests.factories.recruiting import make_application, make_applications, make_project
from tests.integration.staff.invite.flow import Flow


class RejectFlow(Flow):
    def _post(self, data: dict[str, Any]) -> Any:
        if data.get("go") == "begin":
            chosen = {"action": "reject", "application": data["applications"]}
            return self.client.post(f"/projects/{self.project.pk}/applications/progress/", chosen)
        return self.client.post(f"/projects/{self.project.pk}/reject/", data)


@pytest.fixture
def project(db):
    make_organisation(undo_seconds=0)
    return make_project(owner=make_user(first_name="Kari", last_name="Lunde"), title="Sykepleier")


@pytest.fixture
def flow(client: Client, clock, project):
    client.force_login(project.owner)
    return lambda *applications: RejectFlow(client, project, applications or [make_application(project)])


def test_from_the_list_to_a_letter(flow, project):
    norwegian = make_application(project, first_name="Bo", last_name="Aas")
    page = flow(norwegian, make_application(project, first_name="Zoe", language="en"))
    assert "Gi 2 søkere avslag" in page.text
    assert "Vi har gått gjennom søknadene" in page.page.select_one("#preview").text
    page.press("reject", reason="experience", **{"texts-nb-content": "Hei {first-name}, nei."})
    assert page.response.status_code == 302
    assert set(Application.objects.values_list("status", flat=True)) == {"rejected"}
    assert Message.objects.filter(language="nb").get().content[1] == ["value", "Bo", "first-name"]
    assert Message.objects.count() == 2


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(flow):
    page = flow().press("reject", note="Fin søknad", **{"texts-nb-content": "Hei {fornavn}"})
    assert "Velg en årsak." in page.text
    assert "Taggen {fornavn} finnes ikke i denne typen melding." in page.text
    assert page.fields["note"] == "Fin søknad"
    assert page.fields["texts-nb-content"] == "Hei {fornavn}"
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"date": "", "time": "09:00"}, "Velg en dato."),
        ({"date": "2026-03-29", "time": "02:30"}, "finnes ikke"),
        ({"date": "2026-03-01", "time": "09:00"}, "Velg et tidspunkt som ikke er passert."),
    ],
)
def test_a_time_of_ones_own(flow, typed, words):
    page = flow().press("reject", reason="other", leaves="later", **typed)
    assert words in page.text
    page.press("reject", date="2026-03-30", time="09:00")
    assert page.response.status_code == 302
    assert f"{Message.objects.get().due_at:%Y-%m-%d %H:%M}" == "2026-03-30 07:00"


def test_the_letter_follows_the_type_until_somebody_writes_in_it(flow):
    page = flow().press("preview", type="interview_1")
    assert "tok deg tid til intervju" in page.fields["texts-nb-content"]
    page.press("preview", **{"texts-nb-content": "Mitt eget"})
    page.press("preview", type="interview_2")
    assert page.fields["texts-nb-content"] == "Mitt eget"
    assert "Tekstene er beholdt slik du skrev dem for «Etter intervju 1»." in page.text
    page.press("template")
    assert "ville møte flere ganger" in page.fields["texts-nb-content"]


def test_the_type_is_proposed_and_interviews_ahead_are_named(flow, project):
    application = make_application(project, first_name="Bo", last_name="Aas", status="invited")
    make_invitation(None, application, round="interview_2")
    page = flow(application)
    assert page.fields["type"] == "interview_2"
    assert (
        "Disse har et intervju foran seg. Det faller bort, og de får ingen påminnelse: Bo Aas." in page.text
    )


def test_pressed_again_nothing_is_sent_again(flow, project):
    page = flow()
    sent = page.fields | {"go": "reject", "reason": "other"}
    first, second = (page._post(sent) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert Message.objects.count() == 1


def test_without_the_right_to_email_one_can_still_reject(client, clock, project):
    project.owner.may_send_email = False
    project.owner.save()
    client.force_login(project.owner)
    page = RejectFlow(client, project, [make_application(project)])
    page.press("reject", reason="other")
    assert Application.objects.get().status == "rejected"
    assert not Message.objects.exists()


def test_thousands_are_a_job(flow, project):
    page = flow(*make_applications(project, 201)).press("reject", reason="other")
    assert page.response["Location"].startswith("/jobs/")


def test_from_the_page_of_one_application(client, clock, project):
    client.force_login(project.owner)
    application = make_application(project)
    page = BeautifulSoup(client.get(f"/applications/{application.pk}/").content, "html.parser")
    form = page.select_one(f'form[action="/projects/{project.pk}/reject/"]')
    assert form.select_one("[name=application]")["value"] == str(application.pk)
    answer = client.post(f"/projects/{project.pk}/reject/", {"application": application.pk})
    assert "Gi 1 søker avslag" in answer.content.decode()
    assert 'aria-invalid="true"' not in answer.content.decode()


def test_queries_do_not_grow(client, clock, project, django_assert_max_num_queries):
    client.force_login(project.owner)
    for number in (1, 150):
        ids = ",".join(str(each.pk) for each in make_applications(project, number))
        with django_assert_max_num_queries(20):
            client.post(f"/projects/{project.pk}/reject/", {"application": ids})
