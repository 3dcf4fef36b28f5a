"""The rooms that interviews are held in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtale.accounts.models import Department
from samtale.core import clock
from samtale.interviews.domain.queries.rooms import rooms_shown_to
from samtale.interviews.domain.rooms import RoomNameTaken, create_room, update_room
from samtale.interviews.models import Room
from samtale.ui.pagination import page_of
from samtale.web.staff.access import ADMINISTER_ROOMS, StaffRequest, may_edit_room, require, room_or_404
from samtale.web.staff.forms.rooms import RoomForm
from samtale.web.staff.posted import posted


@require_safe
def rooms(request: StaffRequest) -> HttpResponse:
    """Show the rooms: all, or those of one's departments and, to look at, the shared ones."""
    require(request.user, ADMINISTER_ROOMS)
    page = page_of(rooms_shown_to(request.user), request, per_page=50)
    rows = [(room, may_edit_room(request.user, room)) for room in page.object_list]
    return render(request, "staff/settings/rooms.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Add a room."""
    require(request.user, ADMINISTER_ROOMS)
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, room_id: int) -> HttpResponse:
    """Change a room, or say that it can no longer be booked."""
    return _form_page(request, room_or_404(request, room_id))


def _form_page(request: StaffRequest, room: Room | None) -> HttpResponse:
    user = request.user
    own = Department.objects.all() if user.is_administrator else user.administers.all()
    form = RoomForm(posted(request), room=room, departments=own, may_share=user.is_administrator)
    if form.is_valid() and _save(request, form, room):
        messages.success(request, _("%(name)s has been saved.") % {"name": form.cleaned_data["name"]})
        return redirect("staff:rooms")
    context = {"form": form, "room": Room.objects.get(pk=room.pk) if room else None}
    return render(request, "staff/settings/room.html", context, status=422 if form.errors else 200)


def _save(request: StaffRequest, form: RoomForm, room: Room | None) -> bool:
    by, now = request.user, clock.now()
    try:
        if room is None:
            create_room(by=by, now=now, **form.cleaned_data)
        else:
            update_room(room=room, by=by, now=now, **form.cleaned_data)
    except RoomNameTaken:
        form.add_error("name", _("There is a room with this name already."))
    return not form.errors
