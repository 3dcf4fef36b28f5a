"""Endre møteinnkallingen (spec 5)."""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.core import clock
from samtale.interviews.domain.bookings import DoubleBooked
from samtale.interviews.domain.change import (
    ChangedMeanwhile,
    ChangeRefused,
    change_invitation,
)
from samtale.interviews.domain.overbooking import MayNotOverbook
from samtale.interviews.domain.plan import Meeting
from samtale.interviews.domain.queries.conflicts import Conflict, Period, conflicts
from samtale.interviews.domain.queries.following import letters_that_followed, letters_to_follow
from samtale.interviews.domain.queries.invited import still_invited_to
from samtale.interviews.domain.queries.seats import seats_taken
from samtale.interviews.domain.queries.too_near import reminders_too_near
from samtale.interviews.domain.queries.undone import is_undone
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Interview, Invitation, InvitationMessage
from samtale.web.staff.access import WORK, StaffRequest, application_or_404
from samtale.web.staff.conflicts import candidates_elsewhere
from samtale.web.staff.forms.invitation import InvitationForm
from samtale.web.staff.forms.seen import SeenForm
from samtale.web.staff.interview_pages.undone import undone_words
from samtale.web.staff.posted import posted
from samtale.web.staff.too_late import tell_too_late
from samtale.web.staff.what_follows import following_words, tell_what_followed


class Meanwhile(NamedTuple):
    """What the recruiter had been shown, None where nobody knows, and how it stands now."""

    seen: Seen | None
    stands: Seen


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, application_id: int, invitation_id: int) -> HttpResponse:
    """Change the meeting status, and the interview's date and time, by hand."""
    try:
        return _edit(request, application_id, invitation_id)
    except Http404:
        if not is_undone(application_or_404(request, application_id, WORK), invitation_id):
            raise
        messages.warning(request, undone_words())
        return redirect("staff:application", application_id)


def _edit(request: StaffRequest, application_id: int, invitation_id: int) -> HttpResponse:
    invitation = _invitation_or_404(request, application_id, invitation_id)
    if invitation.interview.state != Interview.State.PLANNED or invitation.cancelled_at:
        return _too_late(request, invitation)
    form = InvitationForm(posted(request), invitation=invitation, may_tell=_may_tell(request, invitation))
    try:
        if form.is_valid():
            too_near = _too_near(form)  # as long as they wait
            is_other = bool(form.start) or form.cleaned_data["status"] != invitation.meeting_status
            if _changed(request, invitation, form):
                if is_other:
                    messages.success(request, _("The invitation is changed."))
                else:
                    messages.info(request, _("Nothing was changed."))
                if form.start:
                    _tell_of_letters(request, form, too_near)
                return redirect("staff:application", application_id)
    except ChangedMeanwhile:
        fresh = _invitation_or_404(request, application_id, invitation_id)
        return _edit_page(request, form.caught_up(fresh), meanwhile=Meanwhile(form.seen, Seen.of(fresh)))
    return _edit_page(request, form)


def _edit_page(
    request: StaffRequest, form: InvitationForm, *, meanwhile: Meanwhile | None = None
) -> HttpResponse:
    context = {"page_title": _("Change the invitation"), **_about(form, meanwhile)}
    return render(request, "staff/application/invitation.html", context, status=_status(form, meanwhile))


def _changed(request: StaffRequest, invitation: Invitation, form: InvitationForm) -> bool:
    now = clock.now()
    taken = _taken(invitation.interview, form)
    if not all([_settles(request, form, taken), form.heeds(_elsewhere(request, form))]):
        return False
    try:
        change_invitation(
            invitation=invitation,
            seen=form.seen,
            meeting_status=form.cleaned_data["status"],
            start=form.start,
            tells_candidates=form.cleaned_data.get("tells_candidates", False),
            books_anyway=bool(taken),
            by=request.user,
            now=now,
        )
    except DoubleBooked as refused:  # a moment ago
        _settles(request, form, refused.conflicts)
        return False
    except MayNotOverbook as refused:
        form.add_error("time", refused.message)
        return False
    except ChangeRefused as refused:
        form.add_refusal(refused.field, refused.message)
        return False
    changed = invitation.interview.invitations.all() if form.start else [invitation]
    tell_too_late(request, changed, since=now)
    return True


def _taken(interview: Interview, form: InvitationForm) -> list[Conflict]:
    """Return who is taken at the time for which the interview's people and room would be booked."""
    start = form.booked_for
    if start is None or (start == interview.start and interview.bookings.exists()):
        return []
    period = Period(start, start + timedelta(minutes=interview.duration))
    people = interview.interviewers.all()
    return conflicts([period], interviewers=people, room=interview.room, apart_from=[interview.pk])


def _elsewhere(request: StaffRequest, form: InvitationForm) -> list[str]:
    """Say which of those invited are invited to something else at the time that is new to them."""
    interview = form.invitation.interview
    if form.booked_for is None:
        return []
    standing = still_invited_to(interview) if form.start else []
    applications = {each.application_id: each.application for each in [*standing, form.invitation]}
    meeting = Meeting(form.booked_for, tuple(applications.values()))
    length = timedelta(minutes=interview.duration)
    return candidates_elsewhere(
        [meeting], length=length, viewer=request.user, zone=interview.zone, apart_from=[interview.pk]
    )


def _settles(request: StaffRequest, form: InvitationForm, taken: Sequence[Conflict]) -> bool:
    interview = form.invitation.interview
    may_overbook = request.user.has_perm("recruiting.overbook", interview.project)
    return form.settles(taken, viewer=request.user, zone=interview.zone, may_overbook=may_overbook)


def _too_near(form: InvitationForm) -> list[InvitationMessage]:
    if form.start is None:
        return []
    return reminders_too_near(form.invitation.interview, start=form.start, now=clock.now())


def _tell_of_letters(
    request: StaffRequest, form: InvitationForm, too_near: Sequence[InvitationMessage]
) -> None:
    moved = Interview.objects.get(pk=form.invitation.interview_id)
    followed = [] if form.cleaned_data.get("tells_candidates") else letters_that_followed(moved)
    tell_what_followed(request, moved, followed, too_near)


def _status(form: SeenForm, meanwhile: Meanwhile | None) -> HTTPStatus:
    if meanwhile:
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK


def _may_tell(request: StaffRequest, invitation: Invitation) -> bool:
    return request.user.has_perm("recruiting.send_email", invitation.interview.project)


def _too_late(request: StaffRequest, invitation: Invitation) -> HttpResponse:
    messages.warning(request, _("The interview is cancelled or over and can no longer be changed."))
    return redirect("staff:application", invitation.application_id)


def _invitation_or_404(request: StaffRequest, application_id: int, invitation_id: int) -> Invitation:
    application = application_or_404(request, application_id, WORK)
    invitations = application.invitations.select_related("interview__project")
    invitation: Invitation = get_object_or_404(invitations, pk=invitation_id)
    invitation.application = application
    return invitation


def _about(form: SeenForm, meanwhile: Meanwhile | None) -> dict[str, object]:
    """Return what the page says about the meeting, and what has become of it while it was open."""
    invitation = form.invitation
    invited = invitation.interview.invitations.filter(cancelled_at=None).exclude(pk=invitation.pk)
    others = invited.select_related("application__candidate")
    return {
        "form": form,
        "sent_anyway": following_words(letters_to_follow(invitation.interview)),
        "meanwhile": meanwhile,
        "invitation": invitation,
        "interview": invitation.interview,
        "application": invitation.application,
        "candidate": invitation.application.candidate,
        "project": invitation.application.project,
        "zone": invitation.interview.time_zone,
        "seats_taken": seats_taken([invitation.interview]),
        "others": others.order_by("application__sort_name", "pk"),
    }
