"""A candidate who is anonymised is in no upload, import, export or report of long work that is kept."""

import json
from collections.abc import Sequence

import pytest
from django.core import serializers
from django.core.files.storage import default_storage
from django.urls import reverse

from samtale.core import clock as wall_clock
from samtale.core.audit import history, sentence_for
from samtale.core.models import AuditEntry
from samtale.jobs.domain.run import JobRunner
from samtale.jobs.models import Job, JobPart
from samtale.recruiting.domain import reject_many
from samtale.recruiting.domain.anonymise import anonymise_candidate
from samtale.recruiting.domain.export import order_export
from samtale.recruiting.domain.import_applicants import drafts, in_parts, match_columns, read
from samtale.recruiting.domain.many import order_status, sentences
from samtale.recruiting.models import Application, Candidate, ImportDraft, Project
from tests.at_once import at_once
from tests.factories.accounts import make_organisation, make_user
from tests.factories.recruiting import make_application, make_applications, make_project
from tests.factories.spreadsheets import HEADERS, applicant_rows, csv_file

ROW = ["Xanthippe", "Quisling-Ås", "X@zyxhotmail.example", "405 55 123", "norsk", "12.11.2025"]
OTHERS = applicant_rows(2)
WORDS = ("xanthippe", "quisling", "zyxhotmail", "40555123", "405 55 123")


@pytest.fixture
def project(clock, db) -> Project:
    make_organisation()
    return make_project(owner=make_user(language="nb", may_delete=True, may_export=True))


@pytest.fixture
def application(project: Project) -> Application:
    return make_application(
        project,
        first_name="Xanthippe",
        last_name="Quisling-Ås",
        email="x@zyxhotmail.example",
        mobile="+4740555123",
    )


def anonymise(application: Application) -> None:
    by = application.project.owner
    anonymise_candidate(candidate=application.candidate, by=by, now=wall_clock.now())


def upload(project: Project, rows: Sequence[Sequence[str]], name: str = "a.csv") -> ImportDraft:
    table = read(csv_file(rows), name)
    now = wall_clock.now()
    return drafts.keep(project=project, table=table, filename=name, by=project.owner, now=now)


def order_import(draft: ImportDraft) -> Job:
    return in_parts.order_draft(
        project=draft.project,
        draft_id=draft.pk,
        mapping=match_columns(HEADERS),
        only_good=True,
        by=draft.by,
        now=wall_clock.now(),
    )


def work(steps: int = 20) -> None:
    runner = JobRunner(clock=wall_clock.now, owner="elsewhere:1", should_stop=lambda: False)
    for _number in range(steps):
        runner.step()


def kept() -> str:
    """Everything that is stored, in small letters."""
    models = (Job, JobPart, ImportDraft, AuditEntry, Candidate)
    rows = [row for model in models for row in model.objects.order_by("pk")]
    return json.dumps(json.loads(serializers.serialize("json", rows)), ensure_ascii=False).lower()


def left() -> list[str]:
    text = kept()
    return [word for word in WORDS if word in text]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (["A", "B", "x@ZYXhotmail.example", "", "", ""], "a.csv"),
        (["A", "B", "", "0047 405 55 123", "", ""], "a.csv"),
        (["A", "B", "", "40555123", "", ""], "a.csv"),
        (["XANTHIPPE", "Quisling-ås", "", "", "", ""], "a.csv"),
        (["Xanthippe  Quisling-Ås", "", "", "", "", ""], "a.csv"),
        (["Quisling-Ås, Xanthippe", "", "", "", "", ""], "a.csv"),
        (OTHERS[0], "CV_xanthippe-2026.csv"),
        (OTHERS[0], "søknad quisling-a\u030as.csv"),
    ],
)
def test_an_upload_that_holds_them_is_deleted_in_any_project(application, row, name):
    upload(make_project(), [*OTHERS, row], name)
    anonymise(application)
    assert not ImportDraft.objects.exists()


@pytest.mark.parametrize(
    "row", [["Xanthippe", "B", "", "", "", ""], ["A", "B", "", "123", "", ""], ["", "", "", "", "", ""]]
)
def test_an_upload_of_others_stays(application, row):
    draft = upload(application.project, [*OTHERS, row])
    anonymise(application)
    assert list(ImportDraft.objects.all()) == [draft]


def test_nobody_is_recognised_by_what_is_empty(project):
    draft = upload(project, [["", "", "", "", "", ""], OTHERS[0]])
    anonymise(make_application(project, first_name="", last_name="Lie", mobile=""))
    assert list(ImportDraft.objects.all()) == [draft]


def test_an_import_under_way_leaves_them_out(application):
    elsewhere = make_project()
    job = order_import(upload(elsewhere, [*OTHERS, ROW], "Xanthippe med flere.csv"))
    assert left() == list(WORDS)
    anonymise(application)
    assert left() == []
    work()
    job.refresh_from_db()
    assert (job.state, job.result["imported"]) == ("done", 2)
    assert elsewhere.applications.count() == 2
    assert left() == []


def test_a_file_that_names_them_is_named_no_longer(project):
    order_import(upload(project, [ROW, *OTHERS], "Xanthippe med flere.csv"))
    work()
    application = Application.objects.get(candidate__last_name="Quisling-Ås")
    assert kept().count("xanthippe med") == 5  # the job, the project's history and three applications'
    anonymise(application)
    assert left() == []
    other = Application.objects.exclude(pk=application.pk).order_by("pk")[0]
    assert sentence_for(history(other).get()) == "Importert fra en fil"
    assert "3 søkere importert fra en fil" in [sentence_for(row) for row in history(project)]


def test_the_name_of_a_file_that_names_nobody_stays(project):
    order_import(upload(project, [ROW, *OTHERS], "søkere.csv"))
    work()
    anonymise(Application.objects.get(candidate__last_name="Quisling-Ås"))
    assert left() == []
    assert kept().count("søkere.csv") == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_finished_export_is_deleted(application, client, file_format):
    project = application.project
    elsewhere = make_project(owner=project.owner)
    make_application(elsewhere)
    jobs = [
        order_export(
            project=each,
            ids=list(each.applications.order_by("pk").values_list("pk", flat=True)),
            file_format=file_format,
            by=project.owner,
            now=wall_clock.now(),
        )
        for each in (project, elsewhere)
    ]
    work()
    names = [Job.objects.get(pk=job.pk).file for job in jobs]
    assert all(default_storage.exists(name) for name in names)
    anonymise(application)
    assert [default_storage.exists(name) for name in names] == [False, True]
    client.force_login(project.owner)
    page = client.get(reverse("staff:job", args=[jobs[0].pk])).content.decode()
    assert "Filen er slettet" in page
    default_storage.delete(names[1])


@pytest.mark.parametrize("steps_before", [0, 1])
def test_an_export_under_way_says_no_longer_who_it_was(application, steps_before):
    ids = [application.pk, make_application(application.project, first_name="Bo").pk]
    by, now = application.project.owner, wall_clock.now()
    job = order_export(project=application.project, ids=ids, file_format="csv", by=by, now=now)
    work(steps_before)
    anonymise(application)
    assert left() == []
    work()
    job.refresh_from_db()
    with default_storage.open(job.file) as file:
        first, second = file.read().decode("utf-8-sig").splitlines()[1:]
    default_storage.delete(job.file)
    assert first.startswith(";;;;Norsk;;2026-")
    assert first.endswith(";Ny")
    assert second.startswith("Bo;")


def test_they_are_not_named_among_those_whose_status_stayed(application):
    people = [application, *make_applications(application.project, 1)]
    Application.objects.filter(pk=application.pk).update(status="transferred")
    by, now = application.project.owner, wall_clock.now()
    job = order_status(project=application.project, applications=people, status="invited", by=by, now=now)
    work()
    assert "Xanthippe Quisling-Ås" in in_words(job)
    anonymise(application)
    assert left() == []
    assert "Anonymisert søker" in in_words(job)


def test_they_are_not_named_among_those_who_could_not_be_rejected(application):
    names = ["Xanthippe Quisling-Ås", "Bo Lie"]
    result = {"rejected": 3, "stuck": 2, "stuck_names": names, "without_letter": 0}
    job = Job.objects.create(
        kind="reject",
        project_id=application.project_id,
        created_by=application.project.owner,
        created_at=wall_clock.now(),
        total=5,
        result=result,
    )
    anonymise(application)
    assert left() == []
    assert "Anonymisert søker, Bo Lie" in " ".join(reject_many.sentences(Job.objects.get(pk=job.pk)))


def in_words(job: Job) -> str:
    return " ".join(sentences(Job.objects.get(pk=job.pk)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", range(10))
def test_an_import_at_the_same_moment_brings_nothing_back(application, _time):
    order_import(upload(make_project(), [*OTHERS, ROW]))
    at_once([lambda: anonymise(application), work])
    work()
    assert left() == []
    rows = Application.objects.filter(candidate=application.candidate_id)
    assert {each.sort_name for each in rows} == {""}
