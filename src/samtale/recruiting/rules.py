"""Who may do what in a project, and to a candidate (spec 9).

An administrator may do everything, a department administrator everything in their departments,
and the owner has full access. Everyone else has what the project gives them, none unless said.
Acts such as inviting also need the user's own right to them.
"""

from rules.permissions import add_perm
from rules.predicates import Predicate, predicate

from samtale.accounts.models import User
from samtale.accounts.rights import administered_department_ids, is_administrator, is_department_administrator
from samtale.recruiting.models import Application, Candidate, Project, ProjectAccess

Level = ProjectAccess.Level
RANK = {Level.NONE: 0, Level.READ: 1, Level.NORMAL: 2, Level.FULL: 3}
_MEMO = "_granted_levels"


def access_level(user: User, project: Project) -> Level:
    """Return what `user` has in `project`. Asked of the database once per user object and project."""
    if not user.is_active:
        return Level.NONE
    if governs(user, project) or project.owner_id == user.pk:
        return Level.FULL
    granted: dict[int, Level] = user.__dict__.setdefault(_MEMO, {})
    if project.pk not in granted:
        rows = ProjectAccess.objects.filter(project=project, user=user)
        granted[project.pk] = Level(rows.values_list("level", flat=True).first() or Level.NONE)
    return granted[project.pk]


@predicate
def governs(user: User, project: Project | None) -> bool:
    """The user administers everything or the project's department."""
    if user.is_administrator:
        return True
    return project is not None and project.department_id in administered_department_ids(user)


def has_access(least: Level) -> Predicate:
    """Return a predicate: the user has at least `least` in the project."""

    @predicate(f"access:{least.value}")
    def test(user: User, project: Project | None) -> bool:
        return project is not None and RANK[access_level(user, project)] >= RANK[least]

    return test


def is_allowed(flag: str) -> Predicate:
    """Return a predicate: the user's own right `flag` is set."""

    @predicate(flag)
    def test(user: User) -> bool:
        return bool(getattr(user, flag))

    return test


@predicate
def works_everywhere(user: User, subject: Candidate | Application | None) -> bool:
    """The user works in every project the candidate has applied to, for all of them write to the one
    address (decision 0016). `editable_candidates` says the same of many."""
    if subject is None:
        return False
    candidate = subject.candidate if isinstance(subject, Application) else subject
    if candidate.anonymised_at:
        return False
    candidate_id = candidate.pk
    kept = Project.objects.filter(applications__candidate=candidate_id, applications__deleted_at=None)
    return all(works(user, project) for project in kept)


@predicate
def deletes_everywhere(user: User, subject: Application | None) -> bool:
    """The user may delete in every project the candidate has applied to, and there is somebody to forget:
    what is anonymised is gone from all of them."""
    if subject is None or subject.candidate.anonymised_at:
        return False
    kept = Project.objects.filter(applications__candidate=subject.candidate_id, applications__deleted_at=None)
    return user.is_administrator or all(user.has_perm("recruiting.delete", project) for project in kept)


reads, works, edits = has_access(Level.READ), has_access(Level.NORMAL), has_access(Level.FULL)

add_perm("recruiting.view_project", reads)
add_perm("recruiting.work_in_project", works)
add_perm("recruiting.edit_project", edits)
add_perm("recruiting.edit_candidate", works_everywhere)
add_perm("recruiting.anonymise", deletes_everywhere)
for permission, needs in {
    "invite": works & is_allowed("may_invite"),
    "overbook": works & is_allowed("may_overbook"),
    "send_email": works & is_allowed("may_send_email"),
    "send_sms": works & is_allowed("may_send_sms"),
    "reject": works & is_allowed("may_reject"),
    "offer": works & is_allowed("may_offer"),
    "delete": works & is_allowed("may_delete"),
    "export": reads & is_allowed("may_export"),
    "see_other_applications": reads & is_allowed("may_see_other_applications"),
}.items():
    add_perm(f"recruiting.{permission}", governs | needs)

add_perm(
    "recruiting.create_project",
    is_administrator | is_department_administrator | is_allowed("may_invite"),
)
