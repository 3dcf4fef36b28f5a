"""The pages of the two steps. Everything comes by POST, and nothing is stored before Send."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samtale.core import clock
from samtale.interviews.domain.bookings import DoubleBooked
from samtale.interviews.domain.invite import (
    InvitedMeanwhile,
    LettersRefused,
    SendUndone,
    sent_before,
    was_undone,
)
from samtale.interviews.domain.invite import invite as send_invitations
from samtale.interviews.domain.overbooking import MayNotOverbook
from samtale.interviews.domain.plan import InvitationRefused
from samtale.interviews.domain.queries.rooms import bookable_rooms
from samtale.interviews.tags import INVITATION_TAGS
from samtale.recruiting.models import Project
from samtale.web.staff.access import StaffRequest, project_or_404
from samtale.web.staff.by_button import by_button
from samtale.web.staff.invite.checks import Checks
from samtale.web.staff.invite.draft import Draft
from samtale.web.staff.invite.letters import LettersStep
from samtale.web.staff.invite.preview import preview_of
from samtale.web.staff.invite.restored import kept, posted_again

_IN_STEP_1 = frozenset({"start", "duration", "type", "interviewers", "applications", "room", "seats"})


def begin(
    request: StaffRequest,
    project: Project,
    application_ids: Sequence[int],
    prefill: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show step 1 for applicants who were just ticked; `prefill` has values for fields, such as a date."""
    draft = Draft(project, request.user, applications=application_ids, data=None, now=clock.now())
    draft.prefill = prefill or {}
    return _step_1(request, draft)


def restore(request: StaffRequest, draft: Draft) -> HttpResponse:
    """Show the step that a Send which was undone is continued from: step 2, unless step 1 no longer holds, or
    has invitations to show of which the recruiter does not know."""
    if draft.is_ready and {invitation.pk for invitation in draft.standing} <= draft.known:
        return _step_2(request, draft, LettersStep(draft))
    return _step_1(request, draft)


@by_button
def invite(request: StaffRequest, project_id: int) -> HttpResponse:
    """Go on, back, or send, as the pressed button says."""
    draft = _draft(request, project_id)
    if "take_time" in request.POST:
        return _step_1(request, _without_errors(draft.at(request.POST["take_time"])))
    match "remove" if "remove" in request.POST else request.POST.get("go", "next"):
        case "next" if draft.is_ready and not Checks(draft).are_settled:
            return _step_1(request, draft, stops=True)
        case "next" | "template" | "preview" if draft.is_ready:
            return _step_2(request, draft, LettersStep(draft))
        case "send" if draft.is_ready:
            return _send(request, draft)
        case "back":
            return _step_1(request, draft)
        case "remove":
            return _step_1(request, _without_errors(draft))
    return _step_1(request, draft, proposes=draft.has_slots and not draft.slots_are_shown)


@require_POST
def slots(request: StaffRequest, project_id: int) -> HttpResponse:
    """Return the applicants' proposed times for what is chosen so far (a part of step 1).

    Nothing where the times shown are those already: a late answer must not undo what was typed into them.
    """
    draft = _draft(request, project_id)
    if draft.slots_are_shown:
        return HttpResponse(status=204)
    return render(request, "staff/invite/slots.html", {"draft": draft})


@require_POST
def check(request: StaffRequest, project_id: int) -> HttpResponse:
    """Return what stands against the plan so far, and when all can (a part of step 1)."""
    draft = _draft(request, project_id)
    return render(request, "staff/invite/checks.html", {"draft": draft, "checks": Checks(draft)})


@require_POST
def preview(request: StaffRequest, project_id: int) -> HttpResponse:
    """Return what the chosen candidate will get (a part of step 2)."""
    draft = _draft(request, project_id)
    if not draft.is_ready:
        return HttpResponse(status=204)
    return render(request, "staff/invite/preview.html", {"preview": preview_of(draft, LettersStep(draft))})


def _draft(request: StaffRequest, project_id: int) -> Draft:
    project = project_or_404(request, project_id, "recruiting.invite")
    return Draft.from_post(project, request.user, request.POST, now=clock.now())


def _without_errors(draft: Draft) -> Draft:
    draft.forget_errors()
    return draft


def _step_1(
    request: StaffRequest, draft: Draft, *, proposes: bool = False, stops: bool = False
) -> HttpResponse:
    checks = Checks(draft)
    return render(
        request,
        "staff/invite/step_1.html",
        {
            "draft": draft,
            "project": draft.project,
            "form": draft.form,
            "slot_forms": [slot for _each, slot in draft.slots if draft.has_slots],
            "has_rooms": bookable_rooms(draft.project).exists(),
            "checks": checks,
            "stops": stops and not checks.are_settled,
            "proposes": proposes and not draft.form.errors,
            "has_time": {"date", "time"} <= draft.prefill.keys() and not draft.form.is_bound,
            "carried": _carried(draft),
        },
    )


def _carried(draft: Draft) -> list[tuple[str, str]]:
    """Return what step 2 holds, so that going back and forth loses nothing."""
    if draft.data is None:
        return []
    own = ("action", "sender", "includes_link", "reminder", "reminder_days", "texts_round", "acknowledged")
    return [
        (name, value)
        for name, values in draft.data.lists()
        if name in own or name.startswith("texts-")
        for value in values
    ]


def _step_2(
    request: StaffRequest, draft: Draft, step: LettersStep, warnings: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    return render(
        request,
        "staff/invite/step_2.html",
        {
            "draft": draft,
            "project": draft.project,
            "checks": Checks(draft),
            "step": step,
            "form": step.form,
            "text_forms": list(step.texts.values()),
            "preview": preview_of(draft, step),
            "tags": INVITATION_TAGS,
            "warnings": [text for _key, text in warnings],
            "acknowledged": " ".join(key for key, _text in warnings),
        },
    )


def _send(request: StaffRequest, draft: Draft) -> HttpResponse:
    if sent_before(draft.send_key):
        return _sent_already(request, draft)
    if was_undone(draft.send_key):
        return _undone(request, draft)
    step = LettersStep(draft)
    if not step.is_valid():
        return _step_2(request, draft, step)
    checks = Checks(draft)
    if checks.conflicts and not checks.books_anyway:
        return _step_1(request, draft, stops=True)
    warnings = list(step.warnings())
    seen = request.POST.get("acknowledged", "").split()
    if any(key not in seen for key, _text in warnings):
        return _step_2(request, draft, step, warnings)
    try:
        sent = send_invitations(
            project=draft.project,
            send_key=draft.send_key,
            appointment=draft.appointment(),
            meetings=draft.meetings(),
            letters=step.letters(),
            known_invitations=draft.known,
            books_anyway=checks.books_anyway,
            form=kept(request.POST),
            by=request.user,
            now=draft.now,
        )
    except SendUndone:
        return _undone(request, draft)
    except DoubleBooked:  # a moment ago
        return _step_1(request, draft, stops=True)
    except MayNotOverbook as refusal:
        draft.form.add_error("interviewers", refusal.message)
        return _step_1(request, draft)
    except LettersRefused as refusal:
        step.show(list(refusal.problems))
        return _step_2(request, draft, step)
    except InvitationRefused as refusal:
        return _refused(request, draft, step, refusal)
    if not sent.is_new:
        return _sent_already(request, draft)
    messages.success(request, _thanks(len(draft.applications)))
    return redirect("staff:applications", project_id=draft.project.pk)


def _sent_already(request: StaffRequest, draft: Draft) -> HttpResponse:
    messages.info(request, _("These invitations were sent already. Nothing was sent again."))
    return redirect("staff:applications", project_id=draft.project.pk)


def _undone(request: StaffRequest, draft: Draft) -> HttpResponse:
    """Answer a Send that comes once more after it was undone, as a browser may send it by itself."""
    messages.warning(
        request,
        _(
            "This Send was undone, and nothing has been sent. What you wrote is kept here: send it if you"
            " want to."
        ),
    )
    data = posted_again(kept(request.POST))
    return restore(request, Draft.from_post(draft.project, request.user, data, now=draft.now))


def _refused(
    request: StaffRequest, draft: Draft, step: LettersStep, refusal: InvitationRefused
) -> HttpResponse:
    if isinstance(refusal, InvitedMeanwhile) or refusal.field in _IN_STEP_1:
        field = refusal.field if refusal.field in draft.form.fields else None
        draft.form.add_error("time" if refusal.field == "start" else field, refusal.message)
        return _step_1(request, draft)
    step.form.add_error(refusal.field if refusal.field in step.form.fields else None, refusal.message)
    return _step_2(request, draft, step)


def _thanks(number: int) -> str:
    return ngettext(
        "%(number)d applicant is invited to interview.",
        "%(number)d applicants are invited to interview.",
        number,
    ) % {"number": number}
