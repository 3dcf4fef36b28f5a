"""Which messages someone may see."""

from django.db.models import Exists, OuterRef, QuerySet

from samtale.accounts.models import User
from samtale.outbox.models import Message
from samtale.recruiting.domain.queries.projects import projects_for
from samtale.recruiting.models import Application, Correspondence, ProjectAccess


def messages_for(user: User, *, least: ProjectAccess.Level = ProjectAccess.Level.READ) -> QuerySet[Message]:
    """Return the messages of the projects in which `user` has `least` or more. Those of no project, such
    as a new user's welcome, are for administrators."""
    if user.is_active and user.is_administrator:
        return Message.objects.all()
    # Asked row by row, so that the first page of a long outbox reads no more than itself.
    projects = projects_for(user, least=least)
    visible = Correspondence.objects.filter(message=OuterRef("pk"), project__in=projects)
    return Message.objects.filter(Exists(visible))


def of_project(messages: QuerySet[Message], project_id: int) -> QuerySet[Message]:
    """Return those of `messages` that belong to the project."""
    return messages.filter(correspondence__project=project_id)


def messages_about(application: Application, *, limit: int) -> list[Message]:
    """Return the newest messages that concern the application, at most `limit`, without their content."""
    # Sorted here: with a limit, SQLite would walk the whole outbox from its newest end.
    found = Message.objects.filter(correspondence__application=application).order_by().defer("content")
    return sorted(found, key=lambda message: (message.due_at, message.pk), reverse=True)[:limit]
