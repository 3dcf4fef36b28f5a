"""How an interview went, and what becomes of the applications."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtale.interviews.domain.moving_on import NEXT
from samtale.interviews.domain.queries.invited import is_expected
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import Outcome
from samtale.interviews.results import Result, result_of
from samtale.recruiting.models import Application


def _next() -> list[tuple[str, Any]]:
    return [*((each.value, each.label) for each in NEXT), ("", _("Leave it as it is"))]


class MovesOnMixin(forms.Form):
    """Where the applications of those who came go."""

    moves_on_to = forms.ChoiceField(
        label=_("Status of the applications"),
        help_text=_(
            "For those who came and whose status is “Invited to interview”. Nobody else’s is changed."
        ),
        choices=_next,
        initial=Application.Status.INTERVIEWED,
        required=False,
    )
    mark_optional = False


class OutcomeForm(MovesOnMixin):
    """How one interview went, for each of its candidates."""

    def __init__(self, data: Any, *, interview: Interview, invitations: Sequence[Invitation]) -> None:
        super().__init__(data)
        self.names: dict[str, int] = {}
        for invitation in invitations:
            name = f"result-{invitation.pk}"
            self.names[name] = invitation.pk
            self.fields[name] = forms.ChoiceField(
                label=invitation.application.candidate.name,
                help_text=_("Meeting status: %(status)s")
                % {"status": invitation.get_meeting_status_display()},
                choices=[*Result.choices, ("", Outcome.UNKNOWN.label)],
                initial=_proposed(interview, invitation),
                required=False,
            )
        self.order_fields([*self.names, "moves_on_to"])

    @property
    def rows(self) -> list[Any]:
        """The field of each candidate."""
        return [self[name] for name in self.names]

    def results(self) -> dict[int, Result]:
        """Return what was chosen, by the id of the invitation, of a form that is valid; nothing of those of
        whom nothing is to be recorded."""
        chosen = ((pk, self.cleaned_data[name]) for name, pk in self.names.items())
        return {pk: Result(each) for pk, each in chosen if each}


def _proposed(interview: Interview, invitation: Invitation) -> str:
    """Return what is recorded. Before anything is, those who were expected are thought to have come."""
    is_new = interview.state == Interview.State.PLANNED
    return Result.HELD if is_new and is_expected(invitation) else result_of(interview, invitation)


class OutcomesForm(MovesOnMixin):
    """The same for many interviews, and for everybody who was expected at them."""

    result = forms.ChoiceField(
        label=_("How they went"),
        help_text=_(
            "That a candidate came, or did not, is not recorded of those who had said that they would not "
            "come, or had asked for a new time."
        ),
        choices=Result.choices,
        initial=Result.HELD,
    )
    field_order = ("result", "moves_on_to")
