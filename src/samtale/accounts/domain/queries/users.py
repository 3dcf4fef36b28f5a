"""Lists of people."""

from django.db.models import QuerySet

from samtale.accounts.models import User
from samtale.core.text import folded


def active_users() -> QuerySet[User]:
    """Return everyone who may log in, by name: those who can own a project or be an interviewer."""
    return User.objects.filter(is_active=True)


def all_users() -> QuerySet[User]:
    """Return everyone with the departments they administer, those who may log in first."""
    return User.objects.prefetch_related("administers").order_by(
        "-is_active", "last_name", "first_name", "pk"
    )


def search_users(text: str) -> QuerySet[User]:
    """Return those of `all_users` whose name or e-mail address holds every word of `text` in any case."""
    words = folded(text).split()
    if not words:
        return all_users()
    names = User.objects.order_by("pk").values_list("pk", "first_name", "last_name", "email")
    found = [pk for pk, *parts in names if all(word in folded(" ".join(parts)) for word in words)]
    return all_users().filter(pk__in=found)
