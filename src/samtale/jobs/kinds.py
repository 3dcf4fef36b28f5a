"""The kinds of job that exist. Each is declared, in its `jobs` module, by the app that knows the work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from samtale.accounts.models import User
from samtale.jobs.models import Job


class JobRefused(Exception):
    """The job cannot go on. The message says why, in the active language."""


@dataclass(frozen=True)
class JobKind:
    """One kind of long work.

    `step(job, data, now)` does one part, within the transaction that also writes down that it is done:
    it must do nothing but what that transaction holds. What it changes in `job.result` is kept. It
    returns None, or what is to be kept of the part until the end. `finish(job, now)` is a step of its own,
    after the last part. `sentences(job)` says what has come of it so far. `is_allowed(job, user)` is asked
    before every part, of whoever ordered it, and before a result is given away.
    """

    slug: str
    label: str | Promise
    step: Callable[[Job, Any, datetime], Any]
    is_allowed: Callable[[Job, User], bool]
    sentences: Callable[[Job], list[str]]
    finish: Callable[[Job, datetime], None] | None = None


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    """Make `kind` known.

    Raises:
        ValueError: another kind has the same name.
    """
    if _kinds.setdefault(kind.slug, kind) is not kind:
        raise ValueError(f"two kinds of job are called {kind.slug!r}")


def find(slug: str) -> JobKind | None:
    """Return the kind called `slug`; None if it no longer exists."""
    return _kinds.get(slug)


def label(slug: str) -> str:
    """Return what the kind is called in the active language; its bare name if it no longer exists."""
    kind = _kinds.get(slug)
    return str(kind.label) if kind else slug
