"""The filters of the outbox, kept in its address."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samtale.interviews.domain.queries.letters import to_candidate
from samtale.outbox import kinds
from samtale.outbox.domain.queries.messages import ATTENTION, CAME_BACK, matching
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.recruiting.domain.queries.correspondence import of_project
from samtale.recruiting.models import Project
from samtale.ui.widgets import Search
from samtale.web.staff.forms.dates import date_field

_ALL = [("", _("All"))]
_STATES = [*_ALL, (ATTENTION, _("Needs attention")), (CAME_BACK, _("Came back or unwanted")), *State.choices]
# What other pages lead to, and can be taken away but not chosen here.
CHIPS = ("candidate", "sender", "batch")
_LARGEST_ID = 2**63 - 1


class OutboxFilter(forms.Form):
    """Which messages to show. Every field may be empty. Days are those of `zone`: the reader's,
    as the times in the list."""

    mark_optional = False

    search = forms.CharField(
        label=_("Recipient"), widget=Search(), max_length=200, required=False, strip=True
    )
    state = forms.ChoiceField(label=_("Status"), choices=_STATES, required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=[*_ALL, *Channel.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind of message"), required=False)
    project = forms.TypedChoiceField(label=_("Project"), coerce=int, required=False)
    since = date_field(_("From"), required=False)
    until = date_field(_("To"), required=False)
    candidate = forms.IntegerField(
        widget=forms.HiddenInput(), required=False, min_value=1, max_value=_LARGEST_ID
    )
    sender = forms.IntegerField(
        widget=forms.HiddenInput(), required=False, min_value=1, max_value=_LARGEST_ID
    )
    batch = forms.UUIDField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, projects: QuerySet[Project], zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        titles = projects.order_by("title", "pk").values_list("pk", "title")
        names = sorted(((kind.slug, str(kind.label)) for kind in kinds.all_kinds()), key=lambda kind: kind[1])
        self.fields["project"].choices = [*_ALL, *titles]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [*_ALL, *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return cleaned

    def narrow(self, messages: QuerySet[Message]) -> QuerySet[Message]:
        """Return those of `messages` that the chosen filters let through."""
        chosen = self.cleaned_data
        found = matching(
            messages,
            recipient=chosen["search"],
            state=chosen["state"],
            channel=chosen["channel"],
            kind=chosen["kind"],
            batch=chosen["batch"],
            created_by=chosen["sender"],
            since=self._begin(chosen["since"]),
            until=self._begin(chosen["until"] + timedelta(days=1)) if chosen["until"] else None,
        )
        if chosen["candidate"]:
            found = to_candidate(found, chosen["candidate"])
        return of_project(found, chosen["project"]) if chosen["project"] else found

    def _begin(self, day: date | None) -> datetime | None:
        return datetime.combine(day, time.min, self.zone).astimezone(UTC) if day else None
