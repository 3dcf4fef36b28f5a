"""Who may administer the organisation and its departments (spec 9).

Rights are read from the database in each request and take effect without a new log-in.
"""

from rules.permissions import add_perm
from rules.predicates import predicate

from samtale.accounts.models import Department, User

_MEMO = "_administered_department_ids"


def administered_department_ids(user: User) -> frozenset[int]:
    """Return the departments whose administrator `user` is; asked once per user object."""
    if _MEMO not in user.__dict__:
        user.__dict__[_MEMO] = frozenset(user.administers.order_by().values_list("pk", flat=True))
    ids: frozenset[int] = user.__dict__[_MEMO]
    return ids


@predicate
def is_administrator(user: User) -> bool:
    return user.is_administrator


@predicate
def is_department_administrator(user: User, department: Department | None) -> bool:
    """Of this department, or of any where none is given."""
    administered = administered_department_ids(user)
    return bool(administered) if department is None else department.pk in administered


add_perm("accounts.administer", is_administrator)
add_perm("accounts.administer_department", is_administrator | is_department_administrator)
