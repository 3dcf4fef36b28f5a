"""Writes the rows of the list.

A page has up to a hundred rows: labels, formats and addresses are looked up once a page.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache
from html import escape
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samtale.accounts.zones import read_alike, zone_in_words
from samtale.interviews.domain.queries.latest import is_called_off, latest_invitations
from samtale.interviews.models import Invitation
from samtale.interviews.models.interview import Round
from samtale.interviews.models.invitation import MeetingStatus
from samtale.interviews.results import Result, result_of
from samtale.recruiting.domain.queries.applications import Applicant
from samtale.recruiting.domain.queries.reach import came_back_from
from samtale.recruiting.models import Application, Candidate
from samtale.ui.names import initials
from samtale.web.staff.status_tags import application_status, meeting_status, result_tag, tag

# What was agreed no longer matters with these.
_WITHOUT_TIME = {MeetingStatus.NEW_TIME, MeetingStatus.NOT_RELEVANT}
_EMPTY = ' class="cell-empty"'


class _Builder:
    """Holds what all rows of one page share."""

    def __init__(
        self,
        invitations: dict[int, Invitation],
        unreached: Collection[int],
        *,
        now: datetime,
        zone: ZoneInfo,
        reader: ZoneInfo,
        selectable: bool,
    ) -> None:
        self.invitations = invitations
        self.unreached = unreached
        self.came_back = tag(_("E-mail came back"), "danger")
        self.zone, self.reader = zone, reader
        self.selectable = selectable
        self.year = now.astimezone(zone).year
        self.rounds = {value: str(label) for value, label in Round.choices}
        self.languages = {value: escape(str(label)) for value, label in Candidate.Language.choices}
        self.moment = pgettext("date format", "D j M H:i")
        self.moment_of_year = pgettext("date format", "D j M Y H:i")
        self.day = pgettext("date format", "j M")
        self.day_of_year = pgettext("date format", "j M Y")
        self.status = cache(application_status)
        self.address = reverse("staff:application", args=[0]).removesuffix("0/")
        self.date = cache(self._date)
        self.select = escape(_("Select %(name)s"))
        self.status_label, self.interview_label = escape(_("Status")), escape(_("Interview"))
        self.language_label, self.applied_label = escape(_("Language")), escape(_("Applied"))

    def row(self, applicant: Applicant) -> str:
        """Neither a template nor format_html: with a hundred rows, this is where a page's time would go.
        Every value is escaped here or comes from a function that has escaped it."""
        invitation = self.invitations.get(applicant.id)
        sign = self.came_back if applicant.id in self.unreached else ""
        name, badge = escape(applicant.name), escape(initials(applicant.name))
        status = self.status(applicant.status, self._round(applicant, invitation))
        interview = self._interview(invitation) if invitation else "–"
        return (
            f'<tr>{self._check(applicant.id, name)}<th scope="row"><span class="person">'
            f'<span class="ds-avatar" data-initials="{badge}" aria-hidden="true"></span>'
            f'<span class="person-text"><a href="{self.address}{applicant.id}/">{name}</a>'
            f'<span class="muted">{_breakable(applicant.shown_email)}</span>{sign}</span></span></th>'
            f'<td data-label="{self.status_label}">{status}</td>'
            f'<td data-label="{self.interview_label}"{"" if invitation else _EMPTY}>{interview}</td>'
            f'<td data-label="{self.language_label}">{self.languages[applicant.language]}</td>'
            f'<td data-label="{self.applied_label}" class="nowrap">'
            f"{self.date(applicant.applied_at.astimezone(self.zone).date())}</td></tr>"
        )

    def _check(self, application_id: int, name: str) -> str:
        if not self.selectable:
            return ""
        return (
            '<td class="cell-check"><input class="ds-input" type="checkbox" data-bulk-row name="application" '
            f'value="{application_id}" aria-label="{self.select % {"name": name}}"></td>'
        )

    def _round(self, applicant: Applicant, invitation: Invitation | None) -> str:
        """The round stands beside the status that speaks of an invitation (spec 6)."""
        if invitation is None or applicant.status != Application.Status.INVITED:
            return ""
        return self.rounds[invitation.interview.round]

    def _interview(self, invitation: Invitation) -> SafeString:
        interview = invitation.interview
        if is_called_off(invitation):
            return result_tag(Result.CANCELLED)
        start = interview.local_start
        if result := result_of(interview, invitation):
            return result_tag(result, self.date(start.date()))
        if invitation.meeting_status in _WITHOUT_TIME:
            return meeting_status(invitation.meeting_status)
        moment = format_date(start, self.moment if start.year == self.year else self.moment_of_year)
        if not read_alike(interview.zone, self.reader, interview.start):
            moment = f"{moment} {zone_in_words(interview.zone)}"
        return meeting_status(invitation.meeting_status, moment[:1].upper() + moment[1:])

    def _date(self, day: date) -> str:
        return escape(format_date(day, self.day if day.year == self.year else self.day_of_year))


def _breakable(email: str) -> str:
    """Return the address as HTML that a narrow column breaks before the @."""
    return escape(email).replace("@", "<wbr>@")


def rows_of(
    applicants: Sequence[Applicant], *, now: datetime, zone: ZoneInfo, reader: ZoneInfo, selectable: bool
) -> SafeString:
    """Return the table rows for `applicants`, in their order. `zone` is the organisation's, `reader` that of
    whoever looks: times of interviews name theirs where it is another. Two queries, however many they are."""
    ids = [applicant.id for applicant in applicants]
    builder = _Builder(
        latest_invitations(ids, now=now),
        came_back_from(ids),
        now=now,
        zone=zone,
        reader=reader,
        selectable=selectable,
    )
    return SafeString("\n".join(builder.row(applicant) for applicant in applicants))
