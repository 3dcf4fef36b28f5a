"""Who is taken when, in words for whoever looks: what the viewer may not see is not named."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samtale.accounts.models import User
from samtale.interviews.domain.plan import Meeting
from samtale.interviews.domain.queries.conflicts import Conflict, Period
from samtale.interviews.domain.queries.elsewhere import Elsewhere, invited_elsewhere
from samtale.interviews.models import Interview
from samtale.interviews.models.interview import Round
from samtale.recruiting.domain.queries.projects import projects_for


def in_words(found: Sequence[Conflict], *, viewer: User, zone: ZoneInfo) -> list[str]:
    """Return each conflict as a sentence, such as "Per Vik is taken Mon 16 Mar 09:00–09:45 (another
    interview)", on the wall clock of `zone`. One query, or none."""
    names = _names(found, viewer)
    return [
        _("%(who)s is taken %(when)s (%(by)s).")
        % {"who": each.who, "when": hours(each.taken, zone), "by": _by_what(each, names)}
        for each in found
    ]


def candidates_elsewhere(
    meetings: Sequence[Meeting],
    *,
    length: timedelta,
    viewer: User,
    zone: ZoneInfo,
    apart_from: Collection[int] = (),
) -> list[str]:
    """Return, as sentences, which candidates of `meetings`, each of `length`, are invited to something else
    then; to what, where `viewer` may see it. Interviews with an id in `apart_from` do not count."""
    found = invited_elsewhere(meetings, length=length, apart_from=apart_from)
    ids = {each.interview.project_id for each in found}
    seen = set(projects_for(viewer).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    sentences = [
        _named(each, zone) if each.interview.project_id in seen else _unnamed(each) for each in found
    ]
    return list(dict.fromkeys(sentences))


def key_of(found: Collection[Conflict]) -> str:
    """Return what tells `found` from others, so that a yes to these is none to those; "" for none."""
    parts = [
        f"{type(each.who).__name__} {each.who.pk} {_stamp(each.wanted)} {_stamp(each.taken)}"
        for each in found
    ]
    return fingerprint(parts)


def fingerprint(parts: Collection[str]) -> str:
    """Return a short text that is another one for other `parts`, whatever their order; "" for none."""
    if not parts:
        return ""
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:24]


def hours(period: Period, zone: ZoneInfo) -> str:
    """Return the day and from when to when, on the wall clock of `zone`."""
    start, end = period.start.astimezone(zone), period.end.astimezone(zone)
    begins = f"{day(start)} {start:%H:%M}"
    return f"{begins}–{end:%H:%M}" if start.date() == end.date() else f"{begins} – {day(end)} {end:%H:%M}"


def day(local: datetime) -> str:
    """Return the weekday and the date, such as "Mon 16 Mar"."""
    return date_format(local, pgettext("date format", "D j M"))


def _named(found: Elsewhere, zone: ZoneInfo) -> str:
    other = found.interview
    return _("%(who)s is invited to %(round)s in %(project)s, %(when)s.") % {
        "who": found.application.candidate.name,
        "round": other.get_round_display(),
        "project": other.project.title,
        "when": hours(Period(other.start, other.end), zone),
    }


def _unnamed(found: Elsewhere) -> str:
    return _("%(who)s has another appointment with us at this time.") % {
        "who": found.application.candidate.name
    }


def _by_what(found: Conflict, names: dict[int, str]) -> str:
    if found.is_outside:
        return _("in their own calendar")
    if found.interview_id is None:
        return _("another of these interviews")
    return names.get(found.interview_id) or _("another interview")


def _names(found: Collection[Conflict], viewer: User) -> dict[int, str]:
    """Return what the interviews are that `viewer` may see, by id."""
    ids = {each.interview_id for each in found if each.interview_id}
    if not ids:
        return {}
    rows = Interview.objects.filter(pk__in=ids, project__in=projects_for(viewer))
    return {
        pk: f"{Round(round_).label}, {title}"
        for pk, round_, title in rows.order_by().values_list("pk", "round", "project__title")
    }


def _stamp(period: Period) -> str:
    return f"{period.start.isoformat()}/{period.end.isoformat()}"
