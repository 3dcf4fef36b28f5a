"""What the applicants of a project who are invited now have answered, for counting and narrowing its list."""

from collections import Counter

from django.db.models import Count, QuerySet

from samtale.interviews.models import Interview, Invitation
from samtale.recruiting.models import Application, Project

_OVER = [state for state in Interview.State if state != Interview.State.PLANNED]


def standing_answers(project: Project) -> QuerySet[Invitation]:
    """Return the invitations to interviews that are planned, of applicants whose status says they are
    invited. What was answered to one that has been held, or missed, no longer stands: its outcome does. An
    applicant with two of them stands under both answers.

    They are looked for by the applicants' project, from which indexes lead on to each one's invitations. By
    the interviews' project, PostgreSQL would try every invited applicant with every interview as long as it
    knows nothing of how many there are, in the first minute after a large import or Send: seconds, for 1,000.
    It would, too, if it were asked for the planned ones: of what equals something it expects few.
    """
    return Invitation.objects.filter(
        application__project=project,
        application__deleted_at=None,
        cancelled_at=None,
        application__status=Application.Status.INVITED,
    ).exclude(interview__state__in=_OVER)


def answer_counts(project: Project) -> Counter[str]:
    """Return how many applicants have given each answer, in one query."""
    rows = standing_answers(project).order_by().values_list("meeting_status")
    return Counter(dict(rows.annotate(Count("application", distinct=True))))
