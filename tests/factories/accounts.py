"""Users and departments with sensible values."""

from itertools import count
from typing import Any

from samtale.accounts.models import Department, Organisation, User

_numbers = count(1)


def make_department(**fields: Any) -> Department:
    fields = {"name": f"Department {next(_numbers)}", "address": "Storgata 1, 5003 Bergen"} | fields
    return Department.objects.create(**fields)


def make_organisation(**fields: Any) -> Organisation:
    fields = {"name": "Bergen kommune", "sender_email": "jobb@example.org", "sms_sender": "Bergen"} | fields
    return Organisation.objects.create(**fields)


def make_user(
    *, password: str | None = None, administers: tuple[Department, ...] = (), **fields: Any
) -> User:
    """A recruiter with the standard rights. Without `password` there is none, which is quicker. Who attends
    interviews gets no letters about them unless `notify_of_interviews`, so that others are seen better."""
    number = next(_numbers)
    fields = {
        "email": f"user{number}@example.org",
        "first_name": "Kari",
        "last_name": f"Lunde {number}",
        "notify_of_interviews": False,
    } | fields
    user = User.objects.create_user(password=password, **fields)
    if administers:
        user.administers.set(administers)
    return user


def make_administrator(**fields: Any) -> User:
    return make_user(**{"is_administrator": True} | fields)
