"""Søknad og CV: everything known about one application."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samtale.accounts.models import Organisation
from samtale.core import clock
from samtale.interviews.domain.queries.latest import invitations_of
from samtale.interviews.domain.queries.rounds import round_invited_to
from samtale.interviews.domain.queries.seats import seats_taken
from samtale.recruiting.domain.queries.applications import neighbours, other_applications
from samtale.recruiting.domain.queries.correspondence import messages_about
from samtale.recruiting.domain.queries.process import process_list
from samtale.recruiting.domain.queries.reach import dead_addresses
from samtale.recruiting.models import Application
from samtale.recruiting.statuses import APPLICATION_STATUS
from samtale.web.staff.access import ANONYMISE, EDIT_CANDIDATE, WORK, StaffRequest, application_or_404
from samtale.web.staff.forms.application import DocumentForm, NoteForm, StatusForm
from samtale.web.staff.invite.undo import undoable
from samtale.web.staff.outbox.labels import labelled

MESSAGES_SHOWN = 30


@require_safe
def application(request: StaffRequest, application_id: int) -> HttpResponse:
    """Show one application."""
    return application_page(request, application_or_404(request, application_id))


def application_page(request: StaffRequest, application: Application, **forms: Form) -> HttpResponse:
    """Write the page. `forms` replace empty ones where something typed on the page was refused."""
    may_work = request.user.has_perm(WORK, application.project)
    invitations = invitations_of(application)
    previous, following = neighbours(application)
    context: dict[str, Any] = {
        "application": application,
        "candidate": application.candidate,
        "project": application.project,
        "may_work": may_work,
        "may_write": may_work and not application.candidate.anonymised_at,
        "may_edit_candidate": may_work and request.user.has_perm(EDIT_CANDIDATE, application),
        "may_reject": _may_reject(request, application),
        "may_anonymise": request.user.has_perm(ANONYMISE, application),
        "zone": Organisation.current().time_zone,
        "now": clock.now(),
        "invitations": invitations,
        "seats_taken": seats_taken([invitation.interview for invitation in invitations]),
        "undoable": [
            each
            for each in undoable(application.project, request.user, now=clock.now())
            if each.dispatch.pk in {invitation.interview.dispatch_id for invitation in invitations}
        ],
        "round_invited_to": round_invited_to(application, invitations),
        "documents": application.documents.select_related("added_by"),
        "notes": application.notes.select_related("by"),
        "messages_about": labelled(messages_about(application, limit=MESSAGES_SHOWN)),
        "dead_addresses": dead_addresses(application.candidate),
        "steps": process_list(application),
        "others": _others(request, application),
        "previous": previous,
        "next": following,
    }
    if may_work:
        context |= {
            "status_form": StatusForm(application=application, user=request.user),
            "note_form": NoteForm(),
            "document_form": DocumentForm(),
        } | forms
    return render(request, "staff/application/application.html", context, status=422 if forms else 200)


def _may_reject(request: StaffRequest, application: Application) -> bool:
    if application.candidate.anonymised_at:
        return False
    follows = Application.Status.REJECTED in APPLICATION_STATUS.following(application.status)
    return follows and request.user.has_perm("recruiting.reject", application.project)


def _others(request: StaffRequest, application: Application) -> QuerySet[Application] | None:
    """Return the candidate's applications to other projects that the user sees, or None without the right."""
    if not request.user.has_perm("recruiting.see_other_applications", application.project):
        return None
    return other_applications(application, request.user)
