"""How an interview went, and what becomes of the applications."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from samtale.interviews.domain.moving_on import NEXT
from samtale.interviews.domain.queries.invited import EXPECTED
from samtale.interviews.domain.seen import SeenOutcome
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import Outcome
from samtale.interviews.results import Result
from samtale.recruiting.models import Application

_SALT = "samtale.staff.seen_outcome"


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
    """How one interview went, for each of its candidates. `seen` is what the recruiter had before them, or
    None where what is sent does not tell."""

    stamp = forms.Field(widget=forms.HiddenInput(), required=False)

    def __init__(self, data: Any, *, interview: Interview, invitations: Sequence[Invitation]) -> None:
        self.stands = SeenOutcome.of(interview, invitations)
        self.seen = self.stands if data is None else read_stamps(data.get("stamp", "")).get(interview.pk)
        super().__init__(data, initial={"stamp": stamps({interview.pk: self.stands})})
        self.names: dict[str, int] = {}
        for invitation in invitations:
            name = f"result-{invitation.pk}"
            self.names[name] = invitation.pk
            self.fields[name] = forms.ChoiceField(
                label=invitation.application.candidate.name,
                help_text=_("Meeting status: %(status)s")
                % {"status": invitation.get_meeting_status_display()},
                choices=[*Result.choices, ("", Outcome.UNKNOWN.label)],
                # What differs from what was shown is what the recruiter has touched.
                initial=self._shown(invitation.pk),
                required=False,
            )
        self.order_fields([*self.names, "moves_on_to"])

    def _shown(self, invitation_id: int) -> str:
        """Return what is recorded. Before anything is, those who were expected are thought to have come."""
        seen, stands = self.seen, self.stands
        shown = seen if seen and invitation_id in seen.candidates else stands
        meeting_status, result = shown.candidates[invitation_id]
        is_new = shown.state == Interview.State.PLANNED
        return Result.HELD if is_new and meeting_status in EXPECTED else result

    @property
    def rows(self) -> list[Any]:
        """The field of each candidate."""
        return [self[name] for name in self.names]

    def results(self) -> dict[int, Result]:
        """Return what was chosen, by the id of the invitation, of a form that is valid; nothing of those of
        whom nothing is to be recorded."""
        chosen = ((pk, self.cleaned_data[name]) for name, pk in self.names.items())
        return {pk: Result(each) for pk, each in chosen if each}

    def caught_up(self, interview: Interview, invitations: Sequence[Invitation]) -> "OutcomeForm":
        """Return the form as the interview stands now, in which only what was touched is as it was typed."""
        fresh = OutcomeForm(None, interview=interview, invitations=invitations)
        untouched = [name for name in fresh.names if name not in self.changed_data]
        data = dict(self.data.items()) | {name: fresh[name].initial for name in untouched}
        data["stamp"] = stamps({interview.pk: fresh.stands})
        return OutcomeForm(data, interview=interview, invitations=invitations)


class OutcomesForm(MovesOnMixin):
    """The same for many interviews, and for everybody who was expected at them."""

    stamp = forms.Field(widget=forms.HiddenInput(), required=False)

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

    @property
    def seen(self) -> dict[int, SeenOutcome]:
        """How the interviews stood when the page was opened, by id."""
        return read_stamps(self.data.get("stamp", ""))


# Signed, so that what comes back was written here and need not be doubted.
def stamps(seen: Mapping[int, SeenOutcome]) -> str:
    """Return what a page carries along of how interviews stood, by id."""
    rows = [
        [pk, each.version, each.state, [[key, *said] for key, said in each.candidates.items()]]
        for pk, each in seen.items()
    ]
    return signing.dumps(rows, salt=_SALT, compress=True)


def read_stamps(stamp: str) -> dict[int, SeenOutcome]:
    """Return what `stamps` wrote; nothing of what it did not write."""
    try:
        rows = signing.loads(stamp, salt=_SALT)
    except signing.BadSignature:
        return {}
    return {
        pk: SeenOutcome(
            version=version,
            state=state,
            candidates={key: (meeting_status, result) for key, meeting_status, result in candidates},
        )
        for pk, version, state, candidates in rows
    }
