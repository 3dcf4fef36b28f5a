"""What can be done with the people who work with recruitment."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from samtale.accounts import followers
from samtale.accounts.models import Department, User
from samtale.core import audit
from samtale.core.audit import Actor
from samtale.core.text import one_line


class EmailTaken(Exception):
    """Another user has this e-mail address."""


class LastAdministrator(Exception):
    """Nobody would be left who can administer the organisation (spec 9)."""


@dataclass(frozen=True)
class Rights:
    """What a user may do besides their access to projects (spec 9)."""

    is_administrator: bool = False
    administers: Sequence[Department] = ()
    may_send_email: bool = True
    may_send_sms: bool = False
    may_invite: bool = True
    may_reject: bool = True
    may_offer: bool = False
    may_delete: bool = False
    may_export: bool = False
    may_see_other_applications: bool = False
    may_overbook: bool = False

    def flags(self) -> dict[str, bool]:
        """Return the rights that are columns of the user."""
        return {name: value for name, value in asdict(self).items() if name != "administers"}


STANDARD_RIGHTS = Rights()


@transaction.atomic
def create_user(
    *,
    by: Actor,
    now: datetime,
    email: str,
    first_name: str,
    last_name: str,
    mobile: str = "",
    title: str = "",
    language: str = User.Language.NB,
    rights: Rights = STANDARD_RIGHTS,
    password: str | None = None,
) -> User:
    """Create someone who may log in. Without `password` they choose one by a link they are sent.

    Raises:
        EmailTaken: another user has `email`, whatever its case.
    """
    _refuse_taken_email(email)
    user = User.objects.create_user(
        email.strip(),
        password,
        first_name=one_line(first_name),
        last_name=one_line(last_name),
        mobile=mobile,
        title=one_line(title),
        language=language,
        date_joined=now,
        **rights.flags(),
    )
    user.administers.set(rights.administers)
    audit.record("user.created", subject=user, by=by, now=now, rights=_rights_data(rights))
    if password is None:
        for follow in followers.user_created:
            follow(user, by=by, now=now)
    return user


@transaction.atomic
def update_user(*, user: User, by: Actor, now: datetime, **fields: Any) -> User:
    """Change `user`'s personal details: email, first_name, last_name, mobile, title, language, time_zone,
    notify_of_answers, notify_of_interviews.

    Raises:
        EmailTaken: another user has the new e-mail address.
        TypeError: a field that is not one of these.
    """
    allowed = {"email", "first_name", "last_name", "mobile", "title", "language"}
    allowed |= {"time_zone", "notify_of_answers", "notify_of_interviews"}
    if unknown := fields.keys() - allowed:
        raise TypeError(f"not personal details: {sorted(unknown)}")
    fields |= {name: one_line(fields[name]) for name in fields.keys() & {"first_name", "last_name", "title"}}
    if "email" in fields:
        fields["email"] = fields["email"].strip().lower()
        _refuse_taken_email(fields["email"], apart_from=user)
    changed = [name for name, value in fields.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, fields[name])
    if changed:
        user.save(update_fields=changed)
        audit.record("user.updated", subject=user, by=by, now=now, fields=sorted(changed))
    return user


@transaction.atomic
def set_rights(*, user: User, rights: Rights, by: Actor, now: datetime) -> int:
    """Give `user` exactly `rights`. Return how many letters were stopped that they may no longer send.

    Raises:
        LastAdministrator: `user` is the last active administrator and would no longer be one.
    """
    if not rights.is_administrator:
        _keep_an_administrator(without=user)
    for name, value in rights.flags().items():
        setattr(user, name, value)
    user.save(update_fields=list(rights.flags()))
    user.administers.set(rights.administers)
    audit.record("user.rights_set", subject=user, by=by, now=now, rights=_rights_data(rights))
    return sum(follow(user, by=by, now=now) for follow in followers.rights_set)


@transaction.atomic
def deactivate_user(*, user: User, by: Actor, now: datetime) -> None:
    """Take away the log-in; what the user has done stays.

    Raises:
        LastAdministrator: `user` is the last active administrator.
    """
    _keep_an_administrator(without=user)
    _set_active(user, False)
    audit.record("user.deactivated", subject=user, by=by, now=now)
    for follow in followers.user_closed:
        follow(user, by=by, now=now)


@transaction.atomic
def activate_user(*, user: User, by: Actor, now: datetime) -> None:
    """Let the user log in again."""
    _set_active(user, True)
    audit.record("user.activated", subject=user, by=by, now=now)


def _set_active(user: User, active: bool) -> None:
    user.is_active = active
    user.save(update_fields=["is_active"])


def _refuse_taken_email(email: str, apart_from: User | None = None) -> None:
    others = User.objects.filter(email__iexact=email.strip())
    if apart_from:
        others = others.exclude(pk=apart_from.pk)
    if others.exists():
        raise EmailTaken(email)


def _keep_an_administrator(*, without: User) -> None:
    """Lock the administrators, so that two who remove each other at once do not both succeed."""
    active = User.objects.select_for_update().filter(is_administrator=True, is_active=True).order_by("pk")
    ids = set(active.values_list("pk", flat=True))
    if ids and ids <= {without.pk}:
        raise LastAdministrator


def _rights_data(rights: Rights) -> dict[str, Any]:
    return rights.flags() | {"administers": [department.pk for department in rights.administers]}
