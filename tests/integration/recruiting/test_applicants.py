"""The list of a project's applicants: narrowed, sorted, in pages."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from samtale.recruiting.domain.notes import add_note
from samtale.recruiting.domain.queries.applications import (
    SORTS,
    Filter,
    Listing,
    applicants,
    applications_for,
)
from samtale.recruiting.models import Application, Project
from tests.factories.accounts import make_user
from tests.factories.recruiting import LONG_AGO, make_application, make_applications, make_project

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
S = Application.Status


def names(project: Project, text: str = "", sort: str = "name", **narrowed: Any) -> Any:
    found = applicants(project, Filter(text=text, **narrowed))
    return [row.name for row in Listing(found, sort=sort)[:50]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("åse", ["Åse Ødegård"]),
        ("ÅSE ØDEGÅRD", ["Åse Ødegård"]),
        ("ødegård åse", ["Åse Ødegård"]),
        ("Æ", ["Færøy Ærlig"]),
        ("AASE@", ["Åse Ødegård"]),
        ("øst", ["Åse Ødegård"]),
        ("østlandet åse", []),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("  ", ["Færøy Ærlig", "Åse Ødegård"]),
    ],
)
def test_search(text: str, expected: list[str]) -> None:
    project = make_project()
    ase = make_application(project, first_name="Åse", last_name="Ødegård", email="aase@example.org")
    make_application(project, first_name="Færøy", last_name="Ærlig", email="f@example.org")
    add_note(application=ase, text="Vil flytte fra ØSTLANDET", by=make_user(), now=NOW)
    assert names(project, text) == expected


def test_only_this_project_and_nothing_deleted() -> None:
    project = make_project()
    here = make_application(project)
    make_application(project, deleted_at=NOW)
    elsewhere = make_application()
    add_note(application=elsewhere, text="hei", by=make_user(), now=NOW)
    assert list(applicants(project)) == [here]
    assert not applicants(project, Filter(text="hei")).exists()


def test_narrowed_by_status_and_by_ids() -> None:
    project = make_project()
    new = make_application(project)
    withdrawn = make_application(project, status=S.WITHDRAWN)
    assert list(applicants(project, Filter(statuses=(S.WITHDRAWN,)))) == [withdrawn]
    assert list(applicants(project, Filter(ids=Application.objects.filter(pk=new.pk)))) == [new]


def test_sorting() -> None:
    project = make_project()
    for day, (name, status) in enumerate([("Åse", S.NEW), ("Zara", S.WITHDRAWN), ("amina", S.INVITED)]):
        make_application(
            project, first_name=name, last_name="A", status=status, applied_at=LONG_AGO + timedelta(days=day)
        )
    first_names = {
        sort: [name.split()[0] for name in names(project, sort=sort)]
        for sort in ("name", "-name", "applied", "-applied", "status", "-status")
    }
    assert first_names == {
        "name": ["amina", "Zara", "Åse"],
        "-name": ["Åse", "Zara", "amina"],
        "applied": ["Åse", "Zara", "amina"],
        "-applied": ["amina", "Zara", "Åse"],
        "status": ["Åse", "amina", "Zara"],
        "-status": ["Zara", "amina", "Åse"],
    }


@pytest.mark.parametrize("sort", list(SORTS))
def test_the_pages_hold_everyone_once(sort: str) -> None:
    project = make_project()
    for _ in range(7):
        make_application(project, first_name="Kari", last_name="Lunde")
    pages = Listing(applicants(project), sort=sort).in_pages_of(3)
    assert (pages.count, pages.num_pages) == (7, 3)
    assert [len(page.object_list) for page in pages] == [3, 3, 1]
    assert sorted(row.id for page in pages for row in page) == sorted(
        Application.objects.values_list("pk", flat=True)
    )


def test_an_empty_list_has_one_empty_page() -> None:
    page = Listing(applicants(make_project()), sort="name").in_pages_of(25).get_page(9)
    assert (list(page), page.number, page.start_index(), page.end_index()) == ([], 1, 0, 0)


def test_a_known_total_is_not_counted_again(django_assert_num_queries: Any) -> None:
    listing = Listing(applicants(make_project()), sort="name", total=7)
    with django_assert_num_queries(0):
        assert len(listing) == 7


def test_an_unknown_order() -> None:
    with pytest.raises(KeyError):
        Listing(applicants(make_project()), sort="shoe size")


def test_who_sees_which_applications() -> None:
    application = make_application()
    deleted = make_application(application.project, deleted_at=NOW)
    owner = application.project.owner
    assert list(applications_for(owner)) == [application]
    assert deleted not in applications_for(owner)
    assert not applications_for(make_user()).exists()


@pytest.mark.parametrize("text", ["", "amina"])
def test_queries_do_not_grow_with_rows(text: str, django_assert_num_queries: Any) -> None:
    project = make_project()
    for number in (1, 30):
        make_applications(project, number - applicants(project).count())
        with django_assert_num_queries(3):
            page = Listing(applicants(project, Filter(text=text)), sort="name").in_pages_of(50).get_page(1)
            assert len({row.name for row in page}) == number


def test_the_ids_of_a_page_come_from_the_index_alone() -> None:
    """On SQLite the plan says so: a covering index, and no sorting."""
    project = make_project()
    plan = Listing(applicants(project), sort="name")._ordered.values_list("pk")[400:450].explain()
    if connection.vendor == "sqlite":
        assert "COVERING INDEX application_by_name" in plan
        assert "TEMP B-TREE" not in plan
