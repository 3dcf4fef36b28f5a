"""The filters of the recruitment calendar, kept in its address."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samtale.interviews.domain.queries.agenda import between, narrowed
from samtale.interviews.models import Interview
from samtale.interviews.models.interview import InterviewType, Round
from samtale.interviews.models.invitation import MeetingStatus
from samtale.web.staff.forms.dates import date_field

_ALL = [("", _("All"))]


class CalendarFilter(forms.Form):
    """Which interviews to show. Every field may be empty; what is offered is what the user may see."""

    mark_optional = False

    activity = forms.ChoiceField(label=_("Choose activity"), choices=[*_ALL, *Round.choices], required=False)
    date_from = date_field(_("Date from"), required=False)
    date_to = date_field(_("Date to"), required=False)
    type = forms.ChoiceField(
        label=_("Interview type"), choices=[*_ALL, *InterviewType.choices], required=False
    )
    project = forms.TypedChoiceField(label=_("Project"), coerce=int, required=False)
    interviewer = forms.TypedChoiceField(label=_("Interviewer"), coerce=int, required=False)
    status = forms.ChoiceField(
        label=_("Accepted time"), choices=[*_ALL, *MeetingStatus.choices], required=False
    )

    def __init__(
        self, *args: Any, projects: Mapping[int, str], interviewers: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].choices = [*_ALL, *projects.items()]  # type: ignore[attr-defined]
        self.fields["interviewer"].choices = [*_ALL, *interviewers]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        first, last = values.get("date_from"), values.get("date_to")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("date_to", _("This date is before “Date from”."))
        return values

    def narrow(self, interviews: QuerySet[Interview], *, zone: ZoneInfo) -> QuerySet[Interview]:
        """Return those of `interviews` that the chosen filters let through, dates taken in `zone`."""
        chosen = self.cleaned_data
        days = between(interviews, first=chosen["date_from"], last=chosen["date_to"], zone=zone)
        return narrowed(
            days,
            round=chosen["activity"],
            type=chosen["type"],
            project_id=chosen["project"] or None,
            interviewer_id=chosen["interviewer"] or None,
            meeting_status=chosen["status"],
        )
