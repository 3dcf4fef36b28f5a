"""Records how interviews went (spec 5)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samtale.accounts.models import User
from samtale.core import audit
from samtale.core.transitions import IllegalTransition
from samtale.interviews.domain.bookings import release
from samtale.interviews.domain.changing import ChangedMeanwhile, ChangeRefused, hold_interview
from samtale.interviews.domain.copies import interviews_changed
from samtale.interviews.domain.meeting_status import INTERVIEW_STATE
from samtale.interviews.domain.moving_on import (
    hold_applications,
    interviewed_without,
    move_on,
    take_back,
)
from samtale.interviews.domain.queries.invited import is_expected, still_invited_to
from samtale.interviews.domain.queries.recorded import can_have_outcome
from samtale.interviews.domain.seen import SeenOutcome
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import Outcome
from samtale.interviews.results import OUTCOME, STATE, Result, result_of
from samtale.recruiting.models import Application


@dataclass
class Applications:
    """What a corrected outcome means for those of whom it is no longer recorded that they came: whose status
    is what it was before, and who still counts as interviewed."""

    taken_back: list[Application] = field(default_factory=list)
    still_interviewed: list[Application] = field(default_factory=list)


@dataclass
class Recorded:
    """What came of many: the interviews that have their outcome, and why others have not."""

    done: list[Interview] = field(default_factory=list)
    refused: list[tuple[Interview, str]] = field(default_factory=list)
    applications: Applications = field(default_factory=Applications)


def record_outcome(
    *,
    interview: Interview,
    seen: SeenOutcome | None,
    results: Mapping[int, Result],
    moves_on_to: str = "",
    by: User,
    now: datetime,
) -> Applications:
    """Record how the interview went for each candidate, by the id of the invitation.

    All that is not about the candidate alone, that we did not come or that it was cancelled, holds for
    everybody. Of those who are left out nothing is recorded, nor stays so, whether they came.
    The applications of those who came move on to the status `moves_on_to`, if any, from being invited. Where
    it is corrected that somebody came, their application goes back to what it was, unless it has been changed
    since. `seen` is how it stood when the recruiter decided, or None where nobody knows.

    Raises:
        ChangedMeanwhile: it stands otherwise by now, such as with another's outcome.
        ChangeRefused: it has not started, the results contradict each other, or what is recorded may not
            become this (see `meeting_status.INTERVIEW_STATE`).
    """
    with transaction.atomic():
        held = hold_interview(interview.pk)
        if held.start > now:
            raise ChangeRefused("result", _("The outcome can be recorded once the interview has started."))
        invitations = concerned_by(held)
        if seen != SeenOutcome.of(held, invitations):
            raise ChangedMeanwhile
        state = _state(results)
        _check(held, state)
        before = {each.pk: result_of(held, each) for each in invitations}
        if held.state == Interview.State.CANCELLED != state:
            held.version += 1  # what calendars have struck out has to be newer to come back
        held.state = state
        held.save(update_fields=["state", "version"])
        if state == Interview.State.CANCELLED:
            release([held])
        for invitation in invitations:
            result = results.get(invitation.pk)
            invitation.outcome = OUTCOME.get(result, Outcome.UNKNOWN) if result else Outcome.UNKNOWN
        Invitation.objects.bulk_update(invitations, ["outcome"], batch_size=500)
        interviews_changed([held.pk])
        audit.record_all(
            audit.entry(
                "outcome_recorded",
                subject=each.application,
                by=by,
                now=now,
                invitation=each.pk,
                old=before[each.pk],
                new=str(result_of(held, each)),
            )
            for each in invitations
            if before[each.pk] != result_of(held, each)
        )
        hold_applications(held, invitations)
        came = [each for each in invitations if each.outcome == Outcome.ATTENDED]
        corrected = [each for each in invitations if before[each.pk] == Result.HELD and each not in came]
        move_on([each.application for each in came], moves_on_to, by=by, now=now)
        return _corrected(corrected, by=by, now=now)


def _corrected(invitations: Sequence[Invitation], *, by: User, now: datetime) -> Applications:
    if not invitations:
        return Applications()
    return Applications(take_back(invitations, by=by, now=now), interviewed_without(invitations))


def record_outcomes(
    *,
    interviews: Collection[Interview],
    seen: Mapping[int, SeenOutcome],
    result: Result,
    moves_on_to: str = "",
    by: User,
    now: datetime,
) -> Recorded:
    """Record the same of many interviews, for everybody who was expected at them: that somebody came, or did
    not, is not said of those who had said that they would stay away. One that cannot have it is left as it
    is, and the reason is returned. `seen` is how they stood when the recruiter decided, by id."""
    recorded = Recorded()
    with transaction.atomic():
        for interview in sorted(interviews, key=lambda each: each.pk):
            results = _of_many(interview, result)
            try:
                found = record_outcome(
                    interview=interview,
                    seen=seen.get(interview.pk),
                    results=results,
                    moves_on_to=moves_on_to,
                    by=by,
                    now=now,
                )
            except ChangeRefused as refused:
                is_nobodys = not results and interview.start <= now
                reason = _("No candidate was expected to come.") if is_nobodys else refused.message
                recorded.refused.append((interview, reason))
            except ChangedMeanwhile:
                reason = _("It has been changed since you opened the page. Look at it again.")
                recorded.refused.append((interview, reason))
            else:
                recorded.done.append(interview)
                recorded.applications.taken_back += found.taken_back
                recorded.applications.still_interviewed += found.still_interviewed
    return recorded


def _of_many(interview: Interview, result: Result) -> dict[int, Result]:
    results = {}
    for each in concerned_by(interview):
        if result not in OUTCOME or is_expected(each):
            results[each.pk] = result
        elif (recorded := result_of(interview, each)) in OUTCOME:  # one by one, by somebody who was there
            results[each.pk] = Result(recorded)
    return results


def concerned_by(interview: Interview) -> list[Invitation]:
    """Return the invitations that have an outcome, by name: whoever withdrew or was called off has none."""
    return still_invited_to(interview)


def _state(results: Mapping[int, Result]) -> str:
    states = {STATE[result] for result in results.values()}
    if not states:
        raise ChangeRefused("result", _("Choose how the interview went."))
    if len(states) > 1:
        raise ChangeRefused(
            "result",
            _("“We did not come” and “Cancelled” hold for everybody. Choose the same for all candidates."),
        )
    return states.pop()


def _check(interview: Interview, state: str) -> None:
    if interview.state == state:
        return
    if not can_have_outcome(interview):
        raise ChangeRefused(
            "result", _("The interview was called off before it started, so there is no outcome to record.")
        )
    try:
        INTERVIEW_STATE.check(interview.state, state)
    except IllegalTransition:
        raise ChangeRefused(
            "result",
            _("“%(new)s” cannot follow “%(old)s”, which is what is recorded.")
            % {"old": interview.get_state_display(), "new": Interview.State(state).label},
        ) from None
