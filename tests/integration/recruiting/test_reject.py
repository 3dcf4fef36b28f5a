"""Rejections: all of one press or nothing, each once, and letters that follow what happens."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from samtale.accounts.models import Organisation
from samtale.interviews.models import Invitation
from samtale.jobs.domain.order import stop
from samtale.jobs.domain.run import JobRunner
from samtale.jobs.models import Job
from samtale.outbox.kinds import Wording
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.domain.anonymise import anonymise_candidate
from samtale.recruiting.domain.apply import update_candidate
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.domain.queries.process import process_list
from samtale.recruiting.domain.reject import RejectionRefused
from samtale.recruiting.models import Application, Project, Rejection, RejectionDispatch
from tests.factories.accounts import make_administrator, make_organisation
from tests.factories.interviews import send_invitations
from tests.factories.recruiting import make_application, make_applications, make_project
from tests.factories.rejections import TEXTS, reject_applications

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
S = Application.Status


@pytest.fixture
def project(db):
    make_organisation(undo_seconds=0)
    return make_project(title="Sykepleier")


def texts_of(message: Message) -> str:
    return "".join(segment[1] for segment in message.content)


def many(project: Project, number: int) -> list[Application]:
    ids = [each.pk for each in make_applications(project, number)]
    return list(Application.objects.filter(pk__in=ids).select_related("candidate").order_by("pk"))


def test_each_is_rejected_and_written_to_in_their_language(project):
    applications = [make_application(project, language=each, first_name="Bo") for each in ("nb", "sv")]
    own = {"nb": TEXTS, "sv": Wording("Svar", "Hej {first-name}, tyvärr.", "")}
    carried = reject_applications(project, applications, now=NOW, texts=own, note="Takk")

    assert carried.is_new
    assert carried.outcome
    assert carried.outcome.rejected == applications
    assert set(Application.objects.values_list("status", flat=True)) == {S.REJECTED}
    first, second = Message.objects.order_by("pk")
    assert (first.subject, texts_of(first)) == (
        "Svar – Sykepleier",
        "Hei Bo,\n\nDessverre.\n\nHilsen Kari Lunde",
    )
    assert texts_of(second) == "Hej Bo, tyvärr."
    assert second.kind == "rejection.application"
    assert first.correspondence.application == applications[0]
    said = [step.what for step in process_list(applications[0])]
    assert "Avslag: Etter søknaden. Årsak: Andre søkere står sterkere. Takk. Sendt i e-post" in said


def test_without_email_nothing_is_written(project):
    reject_applications(project, [make_application(project)], now=NOW, sends_email=False, texts={})
    assert Application.objects.get().status == S.REJECTED
    assert not Message.objects.exists()


def test_pressed_twice_it_is_done_once(project):
    application, key = make_application(project), uuid.uuid4()
    reject_applications(project, [application], now=NOW, send_key=key)
    again = reject_applications(project, [application], now=NOW, send_key=key)
    assert not again.is_new
    assert Message.objects.count() == Rejection.objects.count() == 1


def test_who_cannot_be_rejected_is_left_and_named(project):
    fine, hired = make_application(project), make_application(project, status=S.HIRED)
    rejected = make_application(project, status=S.REJECTED)
    outcome = reject_applications(project, [fine, hired, rejected], now=NOW).outcome
    assert outcome
    assert (outcome.rejected, outcome.stuck) == ([fine], [hired, rejected])
    assert Message.objects.count() == 1


@pytest.mark.parametrize("right", ["may_reject", "may_send_email"])
def test_it_needs_the_rights(project, right):
    setattr(project.owner, right, False)
    project.owner.save()
    with pytest.raises(RejectionRefused):
        reject_applications(project, [make_application(project)], now=NOW)
    assert Application.objects.get().status == S.NEW
    assert not RejectionDispatch.objects.exists()


@pytest.mark.parametrize("text", ["{confirmlink}", "{vacancy-ref-number}", "{"])
def test_no_letter_has_a_raw_or_empty_tag(project, text):
    project.reference = ""
    project.save()
    with pytest.raises(RejectionRefused) as caught:
        reject_applications(
            project, [make_application(project)], now=NOW, texts={"nb": Wording("Svar", text, "")}
        )
    assert caught.value.field == "texts"
    assert Application.objects.get().status == S.NEW


def test_interviews_ahead_end_with_it(project):
    application = make_application(project)
    send_invitations(project, [application], now=NOW)
    reject_applications(project, [application], now=NOW)
    assert Invitation.objects.get().meeting_status == "not_relevant"
    assert Message.objects.get(kind="invitation.interview_1").state == State.CANCELLED
    assert Message.objects.get(kind="rejection.application").state == State.WAITING


def test_a_letter_stops_when_the_application_is_taken_up_again(project):
    application = make_application(project)
    later = NOW + timedelta(days=1)
    reject_applications(project, [application], now=NOW, due_at=later)
    set_status(applications=[application], status=S.UNDER_REVIEW, by=project.owner, now=NOW)
    message = Message.objects.get()
    assert (message.state, message.due_at) == (State.CANCELLED, later)
    # And once more, with a letter of its own.
    reject_applications(project, [application], now=NOW)
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == ["cancelled", "waiting"]


def test_a_letter_follows_a_corrected_candidate(project):
    application = make_application(project)
    reject_applications(project, [application], now=NOW, due_at=NOW + timedelta(days=1))
    update_candidate(
        candidate=application.candidate,
        first_name="Åse",
        last_name="Vik",
        email="ase@example.org",
        mobile="",
        language="nb",
        address="",
        by=project.owner,
        now=NOW,
    )
    message = Message.objects.get()
    assert message.recipient_address == "ase@example.org"
    assert texts_of(message).startswith("Hei Åse")


def test_nothing_is_left_of_an_anonymised_applicant(project):
    application = make_application(project)
    reject_applications(project, [application], now=NOW, note="Noe hemmelig", due_at=NOW + timedelta(days=1))
    anonymise_candidate(candidate=application.candidate, by=make_administrator(), now=NOW)
    assert Message.objects.get().state == State.CANCELLED
    assert RejectionDispatch.objects.get().note == ""
    assert "hemmelig" not in " ".join(step.what for step in process_list(application))


def test_the_undo_time_holds_the_letters_back(project):
    make_application(project)
    Organisation.objects.update(undo_seconds=30)
    reject_applications(project, list(project.applications.select_related("candidate")), now=NOW)
    assert Message.objects.get().due_at == NOW + timedelta(seconds=30)


def test_five_hundred_are_a_job_that_can_be_stopped_and_repeated(project, django_assert_max_num_queries):
    made = make_applications(project, 450)
    applications = list(
        Application.objects.filter(pk__in=[each.pk for each in made])
        .select_related("candidate")
        .order_by("pk")
    )
    key = uuid.uuid4()
    carried = reject_applications(project, applications, now=NOW, send_key=key)
    assert carried.job
    assert reject_applications(project, applications, now=NOW, send_key=key).job == carried.job
    worker = JobRunner(clock=lambda: NOW, owner="test", should_stop=lambda: False)
    with django_assert_max_num_queries(50):
        worker.step()
    # The part that was done comes once more, as after a kill that took the note that it was done.
    carried.job.parts.create(number=99, size=100, data=[each.pk for each in applications[:100]])
    while worker.step():
        pass
    job = Job.objects.get()
    assert (job.state, job.result["rejected"]) == ("done", 450)
    assert Message.objects.count() == Rejection.objects.count() == 450


def test_a_stopped_job_rejects_no_more(project):
    made = make_applications(project, 250)
    applications = list(
        Application.objects.filter(pk__in=[each.pk for each in made])
        .select_related("candidate")
        .order_by("pk")
    )
    job = reject_applications(project, applications, now=NOW).job
    assert job
    worker = JobRunner(clock=lambda: NOW, owner="test", should_stop=lambda: False)
    worker.step()
    stop(job=job, by=project.owner, now=NOW)
    while worker.step():
        pass
    assert Application.objects.filter(status=S.REJECTED).count() == Message.objects.count() == 100


def test_a_right_that_is_taken_away_ends_the_job(project):
    made = make_applications(project, 250)
    applications = list(
        Application.objects.filter(pk__in=[each.pk for each in made])
        .select_related("candidate")
        .order_by("pk")
    )
    reject_applications(project, applications, now=NOW)
    project.owner.may_reject = False
    project.owner.save()
    worker = JobRunner(clock=lambda: NOW, owner="test", should_stop=lambda: False)
    while worker.step():
        pass
    assert Job.objects.get().state == "failed"
    assert not Message.objects.exists()
