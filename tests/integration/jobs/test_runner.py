"""Jobs as a worker does them: a part at a time, each once, whoever dies or stops in between."""

import csv
import io
import itertools
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.core.models import AuditEntry
from samtale.jobs import kinds
from samtale.jobs.domain.clean import KEPT_FOR, clean, delete_old_files
from samtale.jobs.domain.order import stop
from samtale.jobs.domain.run import LEASE, JobRunner
from samtale.jobs.models import Job, JobPart
from samtale.recruiting.domain.apply import add_application
from samtale.recruiting.domain.export import order_export
from samtale.recruiting.domain.import_applicants import drafts, in_parts, match_columns, read
from samtale.recruiting.domain.many import order_status
from samtale.recruiting.models import Application, Candidate, Project
from tests.factories.accounts import make_administrator, make_organisation, make_user
from tests.factories.recruiting import make_application, make_applications, make_project
from tests.factories.spreadsheets import HEADERS, applicant_rows, csv_file
from tests.worker_processes import WorkerProcesses, wait_until

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
_owners = itertools.count()


class Killed(BaseException):
    """What a SIGKILL is to a test in the same process: nothing after it is done."""


def runner(owner: str = "", now: datetime = NOW) -> JobRunner:
    owner = owner or f"elsewhere:{next(_owners)}"
    return JobRunner(clock=lambda: now, owner=owner, should_stop=lambda: False)


def finish(job: Job, worker: JobRunner | None = None) -> Job:
    worker = worker or runner()
    while worker.step():
        pass
    job.refresh_from_db()
    return job


def order_import(project: Project, by: User, rows: list[list[str]], now: datetime = NOW) -> Job:
    draft = drafts.keep(
        project=project, table=read(csv_file(rows), "a.csv"), filename="a.csv", by=by, now=now
    )
    return in_parts.order_draft(
        project=project,
        draft_id=draft.pk,
        mapping=match_columns(HEADERS),
        only_good=True,
        by=by,
        now=now,
    )


@pytest.fixture
def project(db: None) -> Project:
    make_organisation()
    return make_project()


def test_an_import_is_done_in_parts_with_the_counts_of_one_done_at_once(project):
    rows = [*applicant_rows(250), applicant_rows(1)[0], ["Uten", "Adresse", "", "", "", ""]]
    job = order_import(project, project.owner, rows)
    assert (job.total, job.state) == (250, Job.State.WAITING)
    worker = runner()

    assert worker.step()
    job.refresh_from_db()
    assert (job.done, Application.objects.count()) == (100, 100)

    finish(job, worker)
    assert (job.state, job.done, JobPart.objects.count()) == (Job.State.DONE, 250, 0)
    assert job.result == {"imported": 250, "errors": 1, "repeated": 1}
    assert Application.objects.filter(project=project).count() == 250
    history = AuditEntry.objects.get(verb="project.imported")
    assert history.data == {"filename": "a.csv", "imported": 250, "errors": 1, "repeated": 1}


def test_who_has_applied_since_the_file_was_checked_is_left_out(project):
    job = order_import(project, project.owner, applicant_rows(3))
    add_application(
        project=project, first_name="Åse", last_name="S", email="ase1@example.org", by="candidate", now=NOW
    )
    finish(job)
    assert job.result == {"imported": 2, "errors": 0, "repeated": 1}
    assert Application.objects.filter(project=project).count() == 3


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deaths=st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=6))
def test_dying_in_or_between_any_steps_changes_nothing_in_the_end(db, deaths):
    """Each death: after so many steps, in the middle of the next one or before it."""
    Job.objects.all().delete()
    Application.objects.all().delete()
    Candidate.objects.all().delete()
    project = make_project()
    job = order_import(project, project.owner, applicant_rows(420))
    now = NOW
    for steps, in_the_middle in deaths:
        worker = runner(now=now)
        for _each in range(steps):
            worker.step()
        if in_the_middle:
            _die_in_a_step(worker)
        now += LEASE  # its lease is over, and the next worker may take the job
    finish(job, runner(now=now))

    assert (job.state, job.done, job.result["imported"]) == (Job.State.DONE, 420, 420)
    assert Application.objects.filter(project=project).count() == 420
    assert Candidate.objects.count() == 420
    assert AuditEntry.objects.filter(verb="project.imported", subject_id=project.pk).count() == 1


def _die_in_a_step(worker: JobRunner) -> None:
    """Everything of the step is done, and then the worker dies before it commits."""

    def die(sender: Any, instance: Any, **rest: Any) -> None:
        raise Killed

    from django.db.models.signals import post_save

    post_save.connect(die, sender=Job)
    try:
        worker.step()
    except Killed:
        pass
    finally:
        post_save.disconnect(die, sender=Job)


def test_a_job_is_one_workers_until_its_lease_is_over(project):
    job = order_import(project, project.owner, applicant_rows(250))
    first, second = runner(), runner()

    assert first.step()
    assert not second.step(), "the second worker took what the first one has"
    assert runner(now=NOW + LEASE).step()
    job.refresh_from_db()
    assert job.done == 200
    assert not first.step(), "the first worker went on with what another has taken over"


def test_two_jobs_take_turns(project):
    jobs = [
        order_import(make_project(owner=project.owner), project.owner, applicant_rows(250))
        for _each in range(2)
    ]
    worker = runner()
    worker.step(), worker.step()
    assert list(Job.objects.order_by("pk").values_list("done", flat=True)) == [100, 100]
    assert [finish(job, worker).state for job in jobs] == [Job.State.DONE] * 2


def test_a_job_stops_between_two_parts_and_what_is_done_stays(project):
    job = order_import(project, project.owner, applicant_rows(250))
    worker = runner()
    worker.step()
    assert stop(job=job, by=project.owner, now=NOW)
    assert not stop(job=job, by=project.owner, now=NOW)

    finish(job, worker)
    assert (job.state, job.done, job.is_active) == (Job.State.STOPPED, 100, False)
    assert Application.objects.filter(project=project).count() == 100


def test_a_job_ends_with_clear_words_when_the_right_is_taken_away(project):
    person = make_administrator(language="nb")
    job = order_import(project, person, applicant_rows(250))
    worker = runner()
    worker.step()
    User.objects.filter(pk=person.pk).update(is_administrator=False)

    finish(job, worker)
    assert (job.state, job.done) == (Job.State.FAILED, 100)
    assert job.words == "Du har mistet retten til å gjøre dette i mellomtiden."


def test_a_part_that_goes_wrong_leaves_nothing_of_itself(project, monkeypatch, caplog):
    applications = make_applications(project, 150)
    job = order_status(
        project=project, applications=applications, status="under_review", by=project.owner, now=NOW
    )
    worker = runner()
    worker.step()
    kind = kinds.find("status")

    def break_down(job: Job, data: Any, now: datetime) -> None:
        kind.step(job, data, now)
        raise ZeroDivisionError

    broken = kinds.JobKind("status", "", break_down, kind.is_allowed, kind.sentences)
    monkeypatch.setitem(kinds._kinds, "status", broken)
    finish(job, worker)
    assert (job.state, job.done, job.result["moved"]) == (Job.State.FAILED, 100, 100)
    assert Application.objects.filter(status="under_review").count() == 100
    assert "ZeroDivisionError" in caplog.text


def test_statuses_that_cannot_follow_are_named_and_left(project):
    hired = make_application(project, first_name="Kari", last_name="Nes", status="hired")
    applications = [hired, *make_applications(project, 250)]
    job = order_status(
        project=project, applications=applications, status="interviewed", by=project.owner, now=NOW
    )
    again = order_status(
        project=project, applications=applications, status="interviewed", by=project.owner, now=NOW
    )
    assert again == job
    finish(job)
    assert job.result == {"moved": 250, "stuck": 1, "stuck_names": ["Kari Nes"]}
    assert Application.objects.filter(status="interviewed").count() == 250


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_an_export_holds_what_was_asked_for_in_its_order_and_no_formulas(project, file_format):
    people = [make_application(project, first_name=name, last_name="Berg") for name in HOSTILE]
    people += make_applications(project, 300)
    make_application()
    ids = [each.pk for each in reversed(people)]
    job = finish(
        order_export(project=project, ids=ids, file_format=file_format, by=_exporter(project), now=NOW)
    )

    assert (job.state, job.result) == (Job.State.DONE, {"exported": 306})
    with default_storage.open(job.file) as file:
        content = file.read()
    if file_format == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
        rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert len(rows) == 307
    emails = Candidate.objects.in_bulk()
    assert [row[2] for row in rows[1:]] == [emails[each.candidate_id].email for each in reversed(people)]
    assert rows[1][3] == "+4740000000"
    assert [row[0] for row in rows[1:]][-6:] == [f"'{name}" for name in reversed(HOSTILE)]


def _exporter(project: Project) -> User:
    User.objects.filter(pk=project.owner.pk).update(may_export=True)
    return User.objects.get(pk=project.owner.pk)


def test_a_file_is_deleted_after_a_week(project):
    make_application(project)
    ids = list(Application.objects.order_by("pk").values_list("pk", flat=True))
    job = finish(order_export(project=project, ids=ids, file_format="csv", by=_exporter(project), now=NOW))
    name = job.file
    assert default_storage.exists(name)
    assert delete_old_files(now=NOW + timedelta(days=6)) == 0
    runner(now=NOW + timedelta(days=8)).step()
    job.refresh_from_db()
    assert job.file == ""
    assert not default_storage.exists(name)


def test_a_job_is_deleted_after_ninety_days_and_the_history_stays(project):
    people = make_applications(project, 3)
    old = order_status(project=project, applications=people, status="under_review", by=project.owner, now=NOW)
    finish(old)
    under_way = order_status(
        project=project, applications=people, status="invited", by=project.owner, now=NOW
    )
    clean(now=NOW + KEPT_FOR - timedelta(seconds=1))
    assert set(Job.objects.all()) == {old, under_way}
    clean(now=NOW + KEPT_FOR)
    assert list(Job.objects.all()) == [under_way]
    assert AuditEntry.objects.filter(verb="job.ordered", subject_id=old.pk).exists()


class TestPages:
    def test_a_long_import_leads_to_its_job_and_pressing_twice_orders_once(self, client, project):
        client.force_login(project.owner)
        table = read(csv_file(applicant_rows(201)), "a.csv")
        draft = drafts.keep(
            project=project, table=table, filename="a.csv", by=project.owner, now=wall_clock.now()
        )
        address = reverse("staff:import-preview", args=[project.pk, draft.pk])
        columns = {field.value: str(number) for field, number in match_columns(HEADERS).items()}
        answers = [client.post(address, columns) for _each in range(2)]
        job = Job.objects.get()
        assert {answer["Location"] for answer in answers} == {reverse("staff:job", args=[job.pk])}
        finish(job, runner(now=wall_clock.now()))
        page = client.get(reverse("staff:job", args=[job.pk])).content.decode()
        assert "201 søkere ble importert." in page
        assert "hx-get" not in page

    def test_all_that_the_list_finds_are_moved_by_a_job(self, client, project):
        make_applications(project, 201)
        client.force_login(project.owner)
        answer = client.post(
            reverse("staff:progress", args=[project.pk]), {"all": "1", "action": "under_review"}
        )
        job = finish(Job.objects.get())
        assert answer["Location"] == reverse("staff:job", args=[job.pk])
        assert Application.objects.filter(status="under_review").count() == 201

    def test_an_export_is_given_to_whoever_ordered_it_and_still_has_the_right(self, client, project):
        make_application(project, first_name="Kari")
        person = _exporter(project)
        client.force_login(person)
        client.post(reverse("staff:export", args=[project.pk]), {"format": "csv"})
        job = finish(Job.objects.get())
        address = reverse("staff:job-file", args=[job.pk])
        answer = client.get(address)
        assert b"Kari" in b"".join(answer.streaming_content)
        assert answer["Content-Disposition"].startswith("attachment")

        User.objects.filter(pk=person.pk).update(may_export=False)
        assert client.get(address).status_code == 403
        client.force_login(make_user(may_export=True))
        assert client.get(address).status_code == 404
        assert client.get(reverse("staff:job", args=[job.pk])).status_code == 404
        assert client.post(reverse("staff:job-stop", args=[job.pk])).status_code == 404


@pytest.fixture
def workers(tmp_path: Path, settings: Any, transactional_db: None) -> Iterator[WorkerProcesses]:
    processes = WorkerProcesses(tmp_path, mail_port=1)
    yield processes
    processes.end()


def test_real_workers_killed_in_the_middle_lose_and_repeat_nothing(workers):
    make_organisation()
    project = make_project()
    job = order_import(project, project.owner, applicant_rows(2000), now=wall_clock.now())
    kills = 0
    for pause in (0.02, 0.13, 0.06, 0.2):
        before = _done(job)
        pair = [workers.start(), workers.start()]
        wait_until(lambda before=before: _done(job) > before or not _active(job))
        time.sleep(pause)
        for worker in pair:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        kills += _active(job)
    assert kills >= 2, "the workers were too quick to be killed in the middle"

    assert workers.start("--once").wait(timeout=60) == 0
    job.refresh_from_db()
    assert (job.state, job.done, job.result["imported"]) == (Job.State.DONE, 2000, 2000)
    assert Application.objects.filter(project=project).count() == 2000
    assert AuditEntry.objects.filter(verb="application.imported").count() == 2000
    assert AuditEntry.objects.filter(verb="project.imported").count() == 1


def _done(job: Job) -> int:
    return Job.objects.values_list("done", flat=True).get(pk=job.pk)


def _active(job: Job) -> bool:
    return Job.objects.filter(pk=job.pk, state__in=Job.ACTIVE).exists()
