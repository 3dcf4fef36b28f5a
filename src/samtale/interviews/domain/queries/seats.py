"""How many seats of a group interview are taken: by those who have said yes."""

from collections.abc import Collection

from django.db.models import Count, QuerySet

from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import MeetingStatus


def seats_taken(interviews: Collection[Interview]) -> dict[int, int]:
    """Return, by id, how many have said yes to each of `interviews` that has seats. One query, or none."""
    ids = [interview.pk for interview in interviews if interview.seats is not None]
    if not ids:
        return {}
    rows = _coming().filter(interview__in=ids).order_by().values_list("interview_id")
    return dict.fromkeys(ids, 0) | dict(rows.annotate(number=Count("*")))


def seats_said_yes_to(interview: Interview) -> int:
    """Return how many have said yes to `interview`, be its seats counted or not."""
    return _coming().filter(interview=interview).count()


def has_seat_for(invitation: Invitation) -> bool:
    """Say whether its candidate could say yes. It stays so until the end of a transaction that holds the
    interview."""
    interview = invitation.interview
    if interview.seats is None or invitation.meeting_status == MeetingStatus.ACCEPTED:
        return True
    return _coming().filter(interview=interview).exclude(pk=invitation.pk).count() < interview.seats


def without_seat(invitations: Collection[Invitation]) -> set[int]:
    """Return the ids of those whose candidates could not say yes, as `has_seat_for` says of one. One query
    for all, or none."""
    taken = seats_taken([invitation.interview for invitation in invitations])
    return {
        invitation.pk
        for invitation in invitations
        if invitation.meeting_status != MeetingStatus.ACCEPTED
        and invitation.interview.seats is not None
        and taken[invitation.interview_id] >= invitation.interview.seats
    }


def _coming() -> QuerySet[Invitation]:
    return Invitation.objects.filter(meeting_status=MeetingStatus.ACCEPTED, cancelled_at=None)
