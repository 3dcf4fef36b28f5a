"""What recruiters do to an interview, as rules of a machine."""

import uuid
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from samtale.accounts.models import User
from samtale.interviews.domain.cancel import cancel_invitation
from samtale.interviews.domain.changing import ChangedMeanwhile, ChangeRefused
from samtale.interviews.domain.outcome import concerned_by, record_outcome
from samtale.interviews.domain.remind_to_answer import remind_to_answer
from samtale.interviews.domain.reschedule import Telling, Terms, reschedule
from samtale.interviews.domain.seen import SeenOutcome
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.results import Result
from samtale.recruiting.domain.progress import IllegalTransition


class Changing(RuleBasedStateMachine):
    """Acts on the one interview there is, as its `owner` at `now`."""

    now: datetime
    owner: User

    def _invitation(self, which: int) -> Invitation:
        raise NotImplementedError

    @rule(
        duration=st.sampled_from([30, 45, 90]),
        place=st.sampled_from(["Rådhuset", "Storgata 5"]),
        days=st.sampled_from([0, 0, 1, -2]),
        tells=st.booleans(),
    )
    def the_interview_is_rescheduled(self, duration: int, place: str, days: int, tells: bool) -> None:
        interview = Interview.objects.select_related("project__owner").get()
        terms = replace(
            Terms.of(interview), duration=duration, place=place, start=interview.start + timedelta(days=days)
        )
        everybody = frozenset(interview.invitations.values_list("pk", flat=True)) if tells else frozenset()
        with suppress(ChangeRefused):
            reschedule(
                interview=interview,
                seen_version=interview.version,
                to=terms,
                telling=Telling(everybody),
                by=self.owner,
                now=self.now,
            )

    @precondition(lambda self: self.now.day % 2 == 0)
    @rule(which=st.integers(0, 2), tells=st.booleans())
    def one_is_called_off(self, which: int, tells: bool) -> None:
        invitation = self._invitation(which)
        with suppress(ChangeRefused, ChangedMeanwhile, IllegalTransition):
            cancel_invitation(
                invitation=invitation,
                seen_version=invitation.interview.version,
                tells_candidates=tells,
                by=self.owner,
                now=self.now,
            )

    @rule(result=st.sampled_from(list(Result)))
    def the_outcome_is_recorded(self, result: Result) -> None:
        interview = Interview.objects.select_related("project__owner").get()
        results = {invitation.pk: result for invitation in interview.invitations.order_by("pk")}
        with suppress(ChangeRefused):
            record_outcome(
                interview=interview,
                seen=SeenOutcome.of(interview, concerned_by(interview)),
                results=results,
                by=self.owner,
                now=self.now,
            )

    @rule(again=st.booleans())
    def they_are_asked_to_answer(self, again: bool) -> None:
        remind_to_answer(
            invitations=list(Invitation.objects.order_by("pk")),
            send_key=uuid.uuid4(),
            also_asked_lately=again,
            by=self.owner,
            now=self.now,
        )
