"""Videre fremdrift: what can be done with ticked applicants (spec 7)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samtale.accounts.models import User
from samtale.recruiting.models import Application, Project

INVITE, REJECT = "invite", "reject"


@dataclass(frozen=True)
class Action:
    """One choice. `status` is what the applicants get, at once or, when inviting or rejecting, by what
    the next page asks for."""

    name: str
    label: str | Promise
    permission: str
    status: Application.Status


_ACTIONS = (
    Action(INVITE, _("Invite to interview"), "recruiting.invite", Application.Status.INVITED),
    Action("under_review", _("Under review"), "recruiting.work_in_project", Application.Status.UNDER_REVIEW),
    Action("interviewed", _("Interviewed"), "recruiting.work_in_project", Application.Status.INTERVIEWED),
    Action(REJECT, _("Rejection"), "recruiting.reject", Application.Status.REJECTED),
    Action("withdrawn", _("Withdrawn"), "recruiting.work_in_project", Application.Status.WITHDRAWN),
)


def actions_for(user: User, project: Project) -> list[Action]:
    """Return what `user` may do with the project's applicants; nothing for those who only read."""
    return [action for action in _ACTIONS if user.has_perm(action.permission, project)]
