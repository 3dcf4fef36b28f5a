from datetime import UTC, datetime

import pytest

from samtale.accounts.domain.departments import (
    DepartmentInUse,
    DepartmentNameTaken,
    create_department,
    delete_department,
    update_department,
)
from samtale.accounts.domain.organisation import update_organisation
from samtale.accounts.models import Department, Organisation
from samtale.core.models import AuditEntry
from tests.factories.accounts import make_administrator, make_department
from tests.factories.recruiting import make_project

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_names_are_given_once() -> None:
    by = make_administrator()
    helse = create_department(name="Helse og omsorg", by=by, now=NOW)
    skole = create_department(name="Skole", by=by, now=NOW)
    with pytest.raises(DepartmentNameTaken):
        create_department(name=" helse og omsorg ", by=by, now=NOW)
    with pytest.raises(DepartmentNameTaken):
        update_department(department=skole, name="Helse og omsorg", address="", directions="", by=by, now=NOW)
    update_department(
        department=helse, name="Helse og omsorg", address="Torget 1", directions="", by=by, now=NOW
    )
    assert Department.objects.get(pk=helse.pk).address == "Torget 1"


def test_a_department_with_projects_stays() -> None:
    by = make_administrator()
    used, unused = make_department(), make_department()
    make_project(department=used)
    with pytest.raises(DepartmentInUse):
        delete_department(department=used, by=by, now=NOW)
    delete_department(department=unused, by=by, now=NOW)
    assert list(Department.objects.all()) == [used]
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["department.deleted"]


def test_the_organisation_has_one_row() -> None:
    by = make_administrator()
    for name in ("Bergen", "Bergen kommune"):
        update_organisation(
            name=name,
            sender_email="jobb@example.org",
            sms_sender="Bergen",
            time_zone="Europe/Oslo",
            by=by,
            now=NOW,
        )
    assert Organisation.objects.get().name == "Bergen kommune"
