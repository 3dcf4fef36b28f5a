"""The wordings that letters start from (Responsmailer): the organisation's, and each department's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtale.accounts.models import Department
from samtale.core import clock
from samtale.outbox import kinds
from samtale.outbox.domain.templates import reset_template, save_template
from samtale.outbox.domain.wording import wording_for
from samtale.outbox.kinds import MessageKind
from samtale.outbox.models import MessageTemplate
from samtale.web.staff.access import ADMINISTER, StaffRequest, require
from samtale.web.staff.forms.wordings import DepartmentFilter, WordingForm
from samtale.web.staff.posted import posted


class Version(NamedTuple):
    """One language of a kind. `origin` says whose wording is used: department, organisation or shipped."""

    language: str
    name: str
    origin: str


@dataclass(frozen=True)
class KindRow:
    kind: MessageKind
    versions: Sequence[Version]


@require_safe
def templates(request: StaffRequest) -> HttpResponse:
    """Show every kind of letter with its languages, and where the wording of each comes from."""
    require(request.user, ADMINISTER)
    department = _department(request)
    form = DepartmentFilter(initial={"department": department})
    context = {"form": form, "department": department, "rows": _rows(department)}
    return render(request, "staff/settings/templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, kind: str, language: str) -> HttpResponse:
    """Change one wording, of the department in the address or of the organisation."""
    require(request.user, ADMINISTER)
    message_kind, department = _kind_or_404(kind, language), _department(request)
    form = WordingForm(
        posted(request),
        kind=message_kind,
        language=language,
        wording=wording_for(kind, language=language, department=department),
    )
    if form.is_valid():
        save_template(
            kind=message_kind,
            language=language,
            department=department,
            wording=form.wording,
            by=request.user,
            now=clock.now(),
        )
        messages.success(request, _("The wording has been saved."))
        return _to_list(department)
    own = MessageTemplate.objects.filter(kind=kind, language=language, department=department)
    context = _scope(message_kind, language, department) | {
        "form": form,
        "tags": message_kind.tags,
        "is_own": own.exists(),
    }
    return render(request, "staff/settings/template.html", context, status=422 if form.errors else 200)


@require_POST
def reset(request: StaffRequest, kind: str, language: str) -> HttpResponse:
    """Go back to the wording that was used before there was an own one, after asking."""
    require(request.user, ADMINISTER)
    message_kind, department = _kind_or_404(kind, language), _department(request)
    if "confirmed" not in request.POST:
        context = _scope(message_kind, language, department)
        return render(request, "staff/settings/template_reset.html", context)
    reset_template(
        kind=message_kind, language=language, department=department, by=request.user, now=clock.now()
    )
    messages.success(request, _("The wording has been put back."))
    return _to_list(department)


def _scope(kind: MessageKind, language: str, department: Department | None) -> dict[str, Any]:
    return {
        "kind": kind,
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "department": department,
        "query": _query(department),
    }


def _rows(department: Department | None) -> list[KindRow]:
    found = MessageTemplate.objects.order_by("pk").values_list("kind", "language", "department_id")
    own: set[tuple[str, str, int | None]] = set(found)
    names = dict(settings.LANGUAGES)

    def version(kind: MessageKind, language: str) -> Version:
        origin = "shipped"
        if department and (kind.slug, language, department.pk) in own:
            origin = "department"
        elif (kind.slug, language, None) in own:
            origin = "organisation"
        return Version(language, names[language], origin)

    return [
        KindRow(kind, [version(kind, language) for language in _languages(kind, names)])
        for kind in kinds.all_kinds()
        if kind.is_template
    ]


def _languages(kind: MessageKind, names: Mapping[str, str]) -> list[str]:
    return [language for language in names if language in kind.defaults]


def _kind_or_404(slug: str, language: str) -> MessageKind:
    try:
        kind = kinds.get(slug)
    except kinds.UnknownKind as error:
        raise Http404(slug) from error
    if not kind.is_template or language not in _languages(kind, dict(settings.LANGUAGES)):
        raise Http404(slug)
    return kind


def _department(request: StaffRequest) -> Department | None:
    """Return the department of the address, none for the organisation. 404 for one that does not exist."""
    if not request.GET.get("department"):
        return None
    form = DepartmentFilter(request.GET)
    if not form.is_valid():
        raise Http404("department")
    department: Department = form.cleaned_data["department"]
    return department


def _query(department: Department | None) -> str:
    return f"?department={department.pk}" if department else ""


def _to_list(department: Department | None) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("staff:templates") + _query(department))
