"""How interviews went."""

from datetime import UTC, datetime, timedelta

import pytest

from samtale.core import clock as wall_clock
from samtale.core.audit import sentence_for
from samtale.core.models import AuditEntry
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.changing import ChangedMeanwhile, ChangeRefused
from samtale.interviews.domain.outcome import (
    Applications,
    Recorded,
    concerned_by,
    record_outcome,
    record_outcomes,
)
from samtale.interviews.domain.seen import SeenOutcome
from samtale.interviews.models import Booking, Interview, Invitation
from samtale.interviews.results import Result
from samtale.recruiting.domain.progress import set_status
from tests.factories.accounts import make_organisation
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
# The clock of the tests stands at Monday 2 March 2026, 10:00 in Oslo.
BEFORE = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def group() -> Interview:
    make_organisation()
    project = make_project()
    interview = make_interview(project, start=BEFORE, type="group")
    for status in ("invited", "invited", "offered"):
        make_invitation(interview, make_application(project, status=status))
    return interview


def seen(interview: Interview) -> SeenOutcome:
    """How it stands."""
    fresh = Interview.objects.get(pk=interview.pk)
    return SeenOutcome.of(fresh, concerned_by(fresh))


def record(interview: Interview, *results: Result, moves_on_to: str = "interviewed") -> Applications:
    ids = [each.pk for each in interview.invitations.order_by("pk")]
    return record_outcome(
        interview=interview,
        seen=seen(interview),
        results=dict(zip(ids, results, strict=False)),
        moves_on_to=moves_on_to,
        by=interview.project.owner,
        now=wall_clock.now(),
    )


def record_many(interview: Interview, result: Result = Result.HELD) -> Recorded:
    return record_outcomes(
        interviews=[interview],
        seen={interview.pk: seen(interview)},
        result=result,
        moves_on_to="interviewed",
        by=interview.project.owner,
        now=wall_clock.now(),
    )


def stored() -> list[tuple[str, str]]:
    rows = Invitation.objects.order_by("pk").values_list("outcome", "application__status")
    return list(rows)


def test_each_has_their_own_and_those_who_came_move_on_from_being_invited(group):
    record(group, Result.HELD, Result.NO_SHOW, Result.HELD)
    assert Interview.objects.get().state == "held"
    assert stored() == [("attended", "interviewed"), ("no_show", "invited"), ("attended", "offered")]
    said = AuditEntry.objects.filter(verb="outcome_recorded").order_by("pk")
    assert [each.data["new"] for each in said] == ["held", "no_show", "held"]


def test_the_applications_can_be_left_as_they_are(group):
    record(group, Result.HELD, Result.HELD, Result.HELD, moves_on_to="")
    assert [status for _outcome, status in stored()] == ["invited", "invited", "offered"]


@pytest.mark.parametrize(("result", "state"), [(Result.MISSED, "missed"), (Result.CANCELLED, "cancelled")])
def test_what_is_about_us_holds_for_everybody(group, result, state):
    record(group, result, result, result)
    assert Interview.objects.get().state == state
    assert {outcome for outcome, _status in stored()} == {""}
    assert {status for _outcome, status in stored()} == {"invited", "offered"}
    assert Booking.objects.exists() is (state != "cancelled")


def test_results_that_contradict_each_other_are_refused(group):
    with pytest.raises(ChangeRefused, match="gjelder alle"):
        record(group, Result.HELD, Result.MISSED)
    assert Interview.objects.get().state == "planned"


def test_it_can_be_put_right_as_far_as_the_table_lets(group):
    record(group, Result.HELD, Result.HELD, Result.HELD)
    record(group, Result.NO_SHOW, Result.HELD, Result.HELD)
    assert stored()[0][0] == "no_show"
    record(group, Result.MISSED, Result.MISSED, Result.MISSED)
    record(group, Result.HELD, Result.HELD, Result.HELD)
    with pytest.raises(ChangeRefused, match="kan ikke endres til «Avlyst»"):
        record(group, Result.CANCELLED, Result.CANCELLED, Result.CANCELLED)
    changed = AuditEntry.objects.filter(verb="outcome_recorded").order_by("-pk")[0]
    assert (changed.data["old"], changed.data["new"]) == ("missed", "held")


def test_cancelled_by_a_slip_of_the_finger_can_be_put_right(group):
    record(group, Result.CANCELLED, Result.CANCELLED, Result.CANCELLED)
    record(group, Result.HELD, Result.NO_SHOW, Result.HELD)
    corrected = Interview.objects.get()
    assert (corrected.state, corrected.version) == ("held", group.version + 1)
    assert stored() == [("attended", "interviewed"), ("no_show", "invited"), ("attended", "offered")]


def test_what_was_called_off_beforehand_has_no_outcome(group, clock):
    clock.move_to(BEFORE - timedelta(days=1))
    cancel_interview(
        interview=group,
        seen_version=group.version,
        tells_candidates=False,
        by=group.project.owner,
        now=wall_clock.now(),
    )
    clock.move_to(BEFORE + timedelta(hours=1))
    with pytest.raises(ChangeRefused, match="avlyst før det begynte"):
        record(group, Result.HELD, Result.HELD, Result.HELD)
    assert Interview.objects.get().state == "cancelled"


def test_nothing_can_be_recorded_before_it_starts():
    interview = make_interview(start=wall_clock.now() + timedelta(minutes=1))
    make_invitation(interview)
    with pytest.raises(ChangeRefused, match="når intervjuet har begynt"):
        record(interview, Result.HELD)


def test_who_withdrew_or_was_called_off_has_none(group):
    first, second, _third = Invitation.objects.order_by("pk")
    Invitation.objects.filter(pk=first.pk).update(meeting_status="not_relevant")
    Invitation.objects.filter(pk=second.pk).update(cancelled_at=BEFORE)
    record(group, Result.HELD, Result.HELD, Result.HELD)
    assert [outcome for outcome, _status in stored()] == ["", "", "attended"]


@pytest.mark.parametrize("status", ["not_accepted", "new_time"])
def test_who_had_said_no_is_not_recorded_as_having_come(group, status):
    first = Invitation.objects.order_by("pk")[0]
    Invitation.objects.filter(pk=first.pk).update(meeting_status=status)
    record_many(group)
    assert stored() == [("", "invited"), ("attended", "interviewed"), ("attended", "offered")]


def test_of_whom_nothing_is_said_nothing_is_recorded_and_that_can_be_put_right(group):
    record(group, Result.HELD, Result.HELD)
    assert [outcome for outcome, _status in stored()] == ["attended", "attended", ""]
    ids = [each.pk for each in Invitation.objects.order_by("pk")]
    record_outcome(
        interview=group,
        seen=seen(group),
        results={ids[1]: Result.HELD},
        by=group.project.owner,
        now=wall_clock.now(),
    )
    assert [outcome for outcome, _status in stored()] == ["", "attended", ""]
    entry = AuditEntry.objects.filter(verb="outcome_recorded").order_by("-pk")[0]
    assert sentence_for(entry) == "Utfallet av intervjuet endret fra Gjennomført til Ikke registrert"


def test_who_came_after_all_is_left_so_when_many_are_recorded(group):
    Invitation.objects.update(meeting_status="not_accepted")
    record(group, Result.HELD, Result.NO_SHOW)
    record_many(group, Result.HELD)
    assert [outcome for outcome, _status in stored()] == ["attended", "no_show", ""]


@pytest.mark.parametrize(("result", "state"), [(Result.MISSED, "missed"), (Result.CANCELLED, "cancelled")])
def test_what_is_about_us_holds_for_those_who_had_said_no_too(group, result, state):
    Invitation.objects.update(meeting_status="not_accepted")
    record_many(group, result)
    assert Interview.objects.get().state == state


def test_many_at_once_and_why_some_are_not(group):
    coming = make_interview(group.project, start=wall_clock.now() + timedelta(days=1))
    make_invitation(coming)
    recorded = record_outcomes(
        interviews=[group, coming],
        seen={each.pk: seen(each) for each in (group, coming)},
        result=Result.HELD,
        by=group.project.owner,
        now=wall_clock.now(),
    )
    assert recorded.done == [group]
    assert [each.pk for each, _reason in recorded.refused] == [coming.pk]


@pytest.mark.parametrize("status", ["not_relevant", "not_accepted"])
def test_where_nobody_was_expected_that_is_the_reason(group, status):
    Invitation.objects.update(meeting_status=status)
    recorded = record_many(group)
    assert recorded.refused == [(group, "Ingen kandidater var ventet til intervjuet.")]
    assert Interview.objects.get().state == "planned"


def test_one_that_is_still_to_come_is_refused_for_that_reason_though_nobody_is_expected(group):
    Invitation.objects.update(meeting_status="not_relevant")
    Interview.objects.update(start=wall_clock.now() + timedelta(days=1))
    [(_interview, reason)] = record_many(Interview.objects.get()).refused
    assert "når intervjuet har begynt" in reason


@pytest.mark.parametrize("moves_on_to", ["interviewed", "under_review"])
@pytest.mark.parametrize("corrected", [Result.NO_SHOW, Result.MISSED, None])
def test_a_corrected_outcome_takes_the_applications_status_back(group, clock, moves_on_to, corrected):
    record(group, Result.HELD, Result.HELD, Result.HELD, moves_on_to=moves_on_to)
    clock.forward(days=1)
    rest = Result.MISSED if corrected == Result.MISSED else Result.HELD
    first, *others = Invitation.objects.order_by("pk")
    results = {each.pk: rest for each in others} | ({first.pk: corrected} if corrected else {})
    owner = group.project.owner
    done = record_outcome(
        interview=group,
        seen=seen(group),
        results=results,
        moves_on_to=moves_on_to,
        by=owner,
        now=wall_clock.now(),
    )
    statuses = [status for _outcome, status in stored()]
    assert statuses[0] == "invited"
    assert statuses[1] == ("invited" if corrected == Result.MISSED else moves_on_to)
    assert statuses[2] == "offered"
    assert first.application in done.taken_back
    assert not done.still_interviewed
    # And on again, should that have been the mistake.
    record(group, Result.HELD, Result.HELD, Result.HELD)
    assert stored()[0] == ("attended", "interviewed")


def test_a_status_that_was_changed_since_is_left_and_named(group, clock):
    record(group, Result.HELD, Result.HELD, Result.HELD)
    clock.forward(hours=1)
    first, second, _third = [each.application for each in Invitation.objects.order_by("pk")]
    owner, now = group.project.owner, wall_clock.now()
    for status in ("panel_review", "interviewed"):
        set_status(applications=[first], status=status, by=owner, now=now)
    set_status(applications=[second], status="rejected", by=owner, now=now)
    clock.forward(hours=1)
    done = record(group, Result.NO_SHOW, Result.NO_SHOW, Result.HELD)
    assert [status for _outcome, status in stored()] == ["interviewed", "rejected", "offered"]
    assert done == Applications(taken_back=[], still_interviewed=[first])


def test_who_came_to_another_interview_counts_as_interviewed_rightly(group, clock):
    first = Invitation.objects.order_by("pk")[0]
    record(group, Result.HELD, Result.HELD, Result.HELD)
    clock.forward(days=1)
    set_status(
        applications=[first.application], status="invited", by=group.project.owner, now=wall_clock.now()
    )
    other = make_interview(group.project, start=wall_clock.now() - timedelta(hours=1))
    make_invitation(other, first.application)
    record(other, Result.HELD)
    clock.forward(days=1)
    assert record(group, Result.NO_SHOW, Result.HELD, Result.HELD) == Applications()
    first.application.refresh_from_db()
    assert first.application.status == "interviewed"


def test_many_corrected_at_once_go_back_too(group):
    record(group, Result.HELD, Result.HELD, Result.HELD)
    recorded = record_many(group, Result.NO_SHOW)
    assert len(recorded.applications.taken_back) == 2
    assert [status for _outcome, status in stored()] == ["invited", "invited", "offered"]


def _recorded_by_another(group: Interview) -> None:
    record(group, Result.NO_SHOW, Result.HELD, Result.HELD)


def _moved(group: Interview) -> None:
    Interview.objects.update(version=2)


def _answer_changed(group: Interview) -> None:
    Invitation.objects.filter(pk=min(group.invitations.values_list("pk", flat=True))).update(
        meeting_status="not_accepted"
    )


def _called_off(group: Interview) -> None:
    Invitation.objects.filter(pk=min(group.invitations.values_list("pk", flat=True))).update(
        cancelled_at=BEFORE
    )


@pytest.mark.parametrize("meanwhile", [_recorded_by_another, _moved, _answer_changed, _called_off])
def test_what_was_decided_of_another_picture_does_not_count(group, meanwhile):
    shown = seen(group)
    meanwhile(group)
    before = stored()
    owner, now = group.project.owner, wall_clock.now()
    results = {each.pk: Result.HELD for each in group.invitations.order_by("pk")}
    for stale in (shown, None):
        with pytest.raises(ChangedMeanwhile):
            record_outcome(interview=group, seen=stale, results=results, by=owner, now=now)
    recorded = record_outcomes(
        interviews=[group], seen={group.pk: shown}, result=Result.HELD, by=owner, now=now
    )
    [(_interview, reason)] = recorded.refused
    assert reason == "Det er endret etter at du åpnet siden. Se på det på nytt."
    assert stored() == before
