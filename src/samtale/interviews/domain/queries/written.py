"""What has been written about one interview."""

from django.db.models import Q

from samtale.interviews.models import Interview
from samtale.outbox.models import Message


def messages_of(interview: Interview, *, limit: int) -> list[Message]:
    """Return the newest messages to its candidates and interviewers, at most `limit`, without content."""
    theirs = Q(about_invitation__invitation__interview=interview) | Q(about_interview__interview=interview)
    found = Message.objects.filter(theirs).defer("content").order_by()
    return sorted(found, key=lambda message: (message.due_at, message.pk), reverse=True)[:limit]
