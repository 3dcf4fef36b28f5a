"""The parts of the organisation."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtale.accounts.domain.departments import (
    DepartmentInUse,
    DepartmentNameTaken,
    create_department,
    delete_department,
    update_department,
)
from samtale.accounts.models import Department
from samtale.core import clock
from samtale.web.staff.access import ADMINISTER, StaffRequest, require
from samtale.web.staff.forms.organisation import DepartmentForm
from samtale.web.staff.posted import posted


@require_safe
def departments(request: StaffRequest) -> HttpResponse:
    """Show all departments with how many projects each has."""
    require(request.user, ADMINISTER)
    rows = Department.objects.annotate(projects=Count("project"))
    return render(request, "staff/settings/departments.html", {"departments": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Create a department."""
    require(request.user, ADMINISTER)
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, department_id: int) -> HttpResponse:
    """Change a department."""
    require(request.user, ADMINISTER)
    return _form_page(request, get_object_or_404(Department, pk=department_id))


@require_POST
def delete(request: StaffRequest, department_id: int) -> HttpResponse:
    """Delete a department that has no projects and no rooms, with its own wordings, after asking."""
    require(request.user, ADMINISTER)
    department = get_object_or_404(Department, pk=department_id)
    if "confirmed" not in request.POST and not _is_in_use(department):
        return render(request, "staff/settings/department_delete.html", {"department": department})
    name = department.name
    try:
        delete_department(department=department, by=request.user, now=clock.now())
    except DepartmentInUse:
        messages.error(request, _("%(name)s has projects or rooms and cannot be deleted.") % {"name": name})
        return redirect("staff:department-edit", department_id)
    messages.success(request, _("%(name)s has been deleted.") % {"name": name})
    return redirect("staff:departments")


def _is_in_use(department: Department) -> bool:
    return department.project_set.exists() or department.rooms.exists()


def _form_page(request: StaffRequest, department: Department | None) -> HttpResponse:
    form = DepartmentForm(posted(request), department=department)
    if form.is_valid() and _save(request, form, department):
        messages.success(request, _("%(name)s has been saved.") % {"name": form.cleaned_data["name"]})
        return redirect("staff:departments")
    context = {"form": form, "department": department}
    return render(request, "staff/settings/department.html", context, status=422 if form.errors else 200)


def _save(request: StaffRequest, form: DepartmentForm, department: Department | None) -> bool:
    by, now = request.user, clock.now()
    try:
        if department is None:
            create_department(by=by, now=now, **form.cleaned_data)
        else:
            update_department(department=department, by=by, now=now, **form.cleaned_data)
    except DepartmentNameTaken:
        form.add_error("name", _("There is a department with this name already."))
    return not form.errors
