"""The filters of the outbox, kept in its address."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samtale.outbox import kinds
from samtale.outbox.domain.queries.messages import matching
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.recruiting.domain.queries.correspondence import of_project
from samtale.recruiting.models import Project
from samtale.ui.widgets import Search

_ALL = [("", _("All"))]


class OutboxFilter(forms.Form):
    """Which messages to show. Every field may be empty."""

    mark_optional = False

    search = forms.CharField(
        label=_("Recipient"), widget=Search(), max_length=200, required=False, strip=True
    )
    state = forms.ChoiceField(label=_("Status"), choices=[*_ALL, *State.choices], required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=[*_ALL, *Channel.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind of message"), required=False)
    project = forms.TypedChoiceField(label=_("Project"), coerce=int, required=False)

    def __init__(self, *args: Any, projects: QuerySet[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = projects.order_by("title", "pk").values_list("pk", "title")
        names = sorted(((kind.slug, str(kind.label)) for kind in kinds.all_kinds()), key=lambda kind: kind[1])
        self.fields["project"].choices = [*_ALL, *titles]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [*_ALL, *names]  # type: ignore[attr-defined]

    def narrow(self, messages: QuerySet[Message]) -> QuerySet[Message]:
        """Return those of `messages` that the chosen filters let through."""
        chosen = self.cleaned_data
        found = matching(
            messages,
            recipient=chosen["search"],
            state=chosen["state"],
            channel=chosen["channel"],
            kind=chosen["kind"],
        )
        return of_project(found, chosen["project"]) if chosen["project"] else found
