"""The filters of the recruitment calendar, kept in its address."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtale.accounts.models import User
from samtale.interviews.domain.queries.agenda import between, narrowed
from samtale.interviews.domain.queries.invited import NOBODY_LEFT
from samtale.interviews.models import Interview
from samtale.interviews.models.interview import InterviewType, Round
from samtale.interviews.models.invitation import MeetingStatus
from samtale.web.staff.forms.dates import EARLIEST, LATEST, date_field
from samtale.web.staff.status_tags import NOBODY_IS_LEFT

MINE = "me"
LONGEST_RANGE = timedelta(days=100)
_ALL = [("", gettext_lazy("All"))]


def _key(value: str) -> int:
    """Return `value` as the key of something.

    Raises:
        ValidationError: it is none.
    """
    if value.isdecimal() and len(value) < 19:
        return int(value)
    raise ValidationError(_("Choose from the list."))


def _interviewer(value: str) -> str | int:
    return MINE if value == MINE else _key(value)


class Narrowing(forms.Form):
    """Which interviews to show. Every field may be empty."""

    activity = forms.ChoiceField(
        label=gettext_lazy("Choose activity"), choices=[*_ALL, *Round.choices], required=False
    )
    type = forms.ChoiceField(
        label=gettext_lazy("Interview type"), choices=[*_ALL, *InterviewType.choices], required=False
    )
    project: forms.Field = forms.CharField(label=gettext_lazy("Project"), required=False)
    department: forms.Field = forms.CharField(label=gettext_lazy("Department"), required=False)
    interviewer: forms.Field = forms.CharField(label=gettext_lazy("Interviewer"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Accepted time"),
        choices=[*_ALL, *MeetingStatus.choices, (NOBODY_LEFT, NOBODY_IS_LEFT)],
        required=False,
    )
    mark_optional = False

    def clean_project(self) -> int | None:
        return _key(value) if (value := self.cleaned_data["project"]) else None

    def clean_department(self) -> int | None:
        return _key(value) if (value := self.cleaned_data["department"]) else None

    def clean_interviewer(self) -> str | int | None:
        return _interviewer(value) if (value := self.cleaned_data["interviewer"]) else None

    @property
    def is_narrow(self) -> bool:
        """Whether anything is chosen, apart from dates."""
        return any(self.data.get(name) for name in Narrowing.base_fields)

    def narrowed(self, interviews: QuerySet[Interview], *, reader: User) -> QuerySet[Interview]:
        """Return those of `interviews` that the chosen filters let through."""
        chosen = self.cleaned_data
        whose = chosen["interviewer"]
        return narrowed(
            interviews,
            round=chosen["activity"],
            type=chosen["type"],
            project_id=chosen["project"],
            department_id=chosen["department"],
            interviewer_id=reader.pk if whose == MINE else whose,
            meeting_status=chosen["status"],
        )


class CalendarFilter(Narrowing):
    """The filters as they are shown: what is offered is what the user may see. The dates are the list's."""

    project = forms.ChoiceField(label=gettext_lazy("Project"), required=False)
    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    interviewer = forms.ChoiceField(label=gettext_lazy("Interviewer"), required=False)
    date_from = date_field(gettext_lazy("Date from"), required=False)
    date_to = date_field(gettext_lazy("Date to"), required=False)

    def __init__(
        self,
        *args: Any,
        projects: Mapping[int, str],
        departments: Mapping[int, str],
        interviewers: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[tuple[Any, Any]]] = {
            "project": list(projects.items()),
            "department": list(departments.items()),
            "interviewer": [(MINE, _("My own interviews")), *interviewers],
        }
        for name, choices in offered.items():
            cast("forms.ChoiceField", self.fields[name]).choices = [*_ALL, *choices]

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        first, last = values.get("date_from"), values.get("date_to")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("date_to", _("This date is before “Date from”."))
        return values

    def narrow(self, interviews: QuerySet[Interview], *, reader: User, zone: ZoneInfo) -> QuerySet[Interview]:
        """Return those of `interviews` that all filters let through, dates taken in `zone`."""
        chosen = self.cleaned_data
        days = between(interviews, first=chosen["date_from"], last=chosen["date_to"], zone=zone)
        return self.narrowed(days, reader=reader)


class RangeForm(Narrowing):
    """What the calendar asks for: from `start` to before `end` on the reader's wall clock, and filters."""

    start = forms.CharField()
    end = forms.CharField()

    def clean_start(self) -> datetime:
        return _wall_clock(self.cleaned_data["start"])

    def clean_end(self) -> datetime:
        return _wall_clock(self.cleaned_data["end"])

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        first, last = values.get("start"), values.get("end")
        if isinstance(first, datetime) and isinstance(last, datetime):
            if last <= first:
                self.add_error("end", _("The end is not after the start."))
            elif last - first > LONGEST_RANGE:
                self.add_error("end", _("More than 100 days at a time cannot be shown."))
        return values


def _wall_clock(text: str) -> datetime:
    """Return a date, or a date and time, such as 2026-03-16T09:00, as a clock shows it: without a zone.

    Raises:
        ValidationError: it is neither, has a zone, or is out of reckoning.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValidationError(_("This is not a date.")) from None
    if found.tzinfo is not None or not EARLIEST <= found.date() <= LATEST:
        raise ValidationError(_("This is not a date."))
    return found
