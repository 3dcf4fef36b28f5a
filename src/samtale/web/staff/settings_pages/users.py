"""The people who work with recruitment, and what they may do."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtale.accounts.domain.queries.users import search_users
from samtale.accounts.domain.users import (
    EmailTaken,
    LastAdministrator,
    activate_user,
    create_user,
    deactivate_user,
    set_rights,
    update_user,
)
from samtale.accounts.models import User
from samtale.core import clock
from samtale.outbox import notifications
from samtale.recruiting.domain import taken_rights
from samtale.ui.pagination import page_of
from samtale.web.staff.access import ADMINISTER, StaffRequest, require
from samtale.web.staff.forms.users import UserFilter, UserForm, rights_in_short
from samtale.web.staff.posted import posted
from samtale.web.staff.too_late import tell_left
from samtale.web.staff.whose_letters import tell_stopped, tell_waiting


@require_safe
def users(request: StaffRequest) -> HttpResponse:
    """Show everyone, or those the search finds."""
    require(request.user, ADMINISTER)
    form = UserFilter(request.GET)
    search = form.cleaned_data["search"] if form.is_valid() else ""
    page = page_of(search_users(search), request, per_page=50)
    rows = [(person, rights_in_short(person)) for person in page.object_list]
    return render(request, "staff/settings/users.html", {"form": form, "page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Create a user, who is sent a link for choosing a password."""
    require(request.user, ADMINISTER)
    form = UserForm(posted(request))
    if form.is_valid():
        try:
            user = create_user(by=request.user, now=clock.now(), rights=form.rights, **form.personal)
        except EmailTaken:
            form.add_error("email", _taken())
        else:
            sentence = _("%(name)s has been added, and is sent a link for choosing a password.")
            messages.success(request, sentence % {"name": user})
            return redirect("staff:users")
    return _page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, user_id: int) -> HttpResponse:
    """Change a user's details, rights and whether they may log in: all of it, or nothing."""
    require(request.user, ADMINISTER)
    user = get_object_or_404(User, pk=user_id)
    form = UserForm(posted(request), user=user)
    if form.is_valid() and _save(request, form, user):
        messages.success(request, _("%(name)s has been saved.") % {"name": user})
        return redirect("staff:users")
    return _page(request, form, user_id)


@require_POST
def send_password_link(request: StaffRequest, user_id: int) -> HttpResponse:
    """Send the user a link for choosing a password, in the user's own language."""
    require(request.user, ADMINISTER)
    user = get_object_or_404(User, pk=user_id, is_active=True)
    write = notifications.send_password_link if user.has_usable_password() else notifications.welcome
    write(user, by=request.user, now=clock.now())
    messages.success(
        request, _("A link for choosing a password is on its way to %(to)s.") % {"to": user.email}
    )
    return redirect("staff:user-edit", user.pk)


def _save(request: StaffRequest, form: UserForm, user: User) -> bool:
    """Save, or tell the form why not."""
    by, now = request.user, clock.now()
    try:
        with transaction.atomic():
            update_user(user=user, by=by, now=now, **form.personal)
            stopped = set_rights(user=user, rights=form.rights, by=by, now=now)
            _set_active(user, form.cleaned_data["is_active"], by=by, now=now)
    except EmailTaken:
        form.add_error("email", _taken())
    except LastAdministrator:
        form.add_error(
            "is_active" if form.rights.is_administrator else "is_administrator",
            _("There must be at least one administrator who may log in. Make somebody else one first."),
        )
    else:
        _tell_of_letters(request, user, stopped, since=now)
    return not form.errors


def _tell_of_letters(request: StaffRequest, user: User, stopped: int, *, since: datetime) -> None:
    """Say what has become of the letters that the user had queued."""
    tell_stopped(request, user, stopped)
    tell_left(request, list(taken_rights.left_meanwhile(user, since=since)))
    if not user.is_active:
        tell_waiting(request, user, taken_rights.waiting_letters(user).count())


def _set_active(user: User, active: bool, *, by: User, now: datetime) -> None:
    if active != user.is_active:
        (activate_user if active else deactivate_user)(user=user, by=by, now=now)


def _taken() -> str:
    return _("Another user has this e-mail address.")


def _page(request: StaffRequest, form: UserForm, user_id: int | None) -> HttpResponse:
    person = User.objects.get(pk=user_id) if user_id else None  # as it is stored, not as it was typed
    context = {"form": form, "person": person}
    return render(request, "staff/settings/user.html", context, status=422 if form.errors else 200)
