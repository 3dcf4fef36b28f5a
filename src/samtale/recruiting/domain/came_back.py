"""The recruiter is told that a message to a candidate came back (decision 0019)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from samtale.accounts.models import User
from samtale.outbox import kinds
from samtale.outbox.domain.queue import STOPPABLE, Letter, queue, rewrite
from samtale.outbox.domain.render import render, render_subject
from samtale.outbox.kinds import Wording
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import Receipt
from samtale.recruiting.models import Application, Correspondence, Project
from samtale.recruiting.notifications import (
    BOUNCE,
    CAME_BACK_ONE,
    LINK_LABELS,
    NOT_TAKEN_ONE,
    NUMBER,
    SEVERAL,
    UNWANTED_ONE,
)
from samtale.recruiting.rules import reads

# What comes back within the first goes into one notice, and the next comes no sooner than the second.
GATHERED = timedelta(minutes=5)
APART = timedelta(hours=1)
_NOBODY_WAITS = {Application.Status.WITHDRAWN, Application.Status.TRANSFERRED}
_BAD = [Delivery.Outcome.BOUNCED, Delivery.Outcome.NOT_TAKEN, Delivery.Outcome.COMPLAINED]


def tell_recruiter(message: Message, *, words: str, now: datetime) -> None:
    """Write to whoever sent the message that it came back; joins `outbox.followers.came_back`.

    One notice about each message. A notice that still waits takes the next ones in: it then says how many,
    so that five hundred wrong addresses are one letter. Nobody is told of letters to colleagues, such as
    these notices themselves, nor of an application that is deleted, withdrawn or elsewhere.
    """
    about = (
        Correspondence.objects.select_related("project__owner", "application__candidate")
        .filter(message=message, application__deleted_at=None)
        .exclude(application__status__in=_NOBODY_WAITS)
        .first()
    )
    if about is None or about.application is None or message.kind in kinds.to_staff():
        return
    reader = _reader(message, about.project)
    if reader is None or _is_told(message):
        return
    # Whoever else tells them waits here, so that there are never two notices that gather.
    User.objects.select_for_update(no_key=True).get(pk=reader.pk)
    notices = Message.objects.filter(
        kind=BOUNCE, recipient_address=reader.email, correspondence__project=about.project
    )
    waiting = notices.select_for_update(of=("self",)).filter(state__in=STOPPABLE).order_by("pk").last()
    if waiting:
        _take_in(waiting, about.project, reader, now=now)
        return
    newest = notices.filter(due_at__gt=now - APART).order_by("due_at").last()
    due_at = max(now + GATHERED, newest.due_at + APART) if newest else now + GATHERED
    letter = _one(message, about.application, about.project, reader, words=words, due_at=due_at)
    [notice] = queue([letter], by=None, now=now)
    Correspondence.objects.create(message=notice, project=about.project, application=about.application)


def _reader(message: Message, project: Project) -> User | None:
    """Return whoever sent the message, if they may still see the project, or else its owner."""
    for user in (message.created_by, project.owner):
        if user and reads(user, project):
            return user
    return None


def _is_told(message: Message) -> bool:
    """Say whether an earlier report since the message last left has led to a notice."""
    left = message.deliveries.filter(outcome=Delivery.Outcome.SENT).order_by("pk").last()
    return message.deliveries.filter(outcome__in=_BAD, pk__gt=left.pk if left else 0).count() > 1


def _take_in(notice: Message, project: Project, reader: User, *, now: datetime) -> None:
    """Have the notice say that one more came back. It is then about no single application."""
    number = next((int(text) for what, text, *tag in notice.content if tag == [NUMBER.name]), 1) + 1
    values = {"vacancy": project.title, NUMBER.name: str(number)}
    rewrite({notice.pk: _letter(SEVERAL, values, reader, due_at=notice.due_at)}, by=None, now=now)
    Correspondence.objects.filter(message=notice).update(application=None)


def _one(
    message: Message,
    application: Application,
    project: Project,
    reader: User,
    *,
    words: str,
    due_at: datetime,
) -> Letter:
    values = {
        "name": application.candidate.name,
        "vacancy": project.title,
        "recipient": message.recipient_address,
        "words": words.strip() or "–",
    }
    wordings = {Receipt.COMPLAINED: UNWANTED_ONE, Receipt.NOT_TAKEN: NOT_TAKEN_ONE}
    return _letter(wordings.get(Receipt(message.receipt), CAME_BACK_ONE), values, reader, due_at=due_at)


def _letter(
    wordings: Mapping[str, Wording], values: Mapping[str, str], reader: User, *, due_at: datetime
) -> Letter:
    wording = wordings[reader.language]
    return Letter(
        kind=BOUNCE,
        recipient_name=str(reader),
        recipient_address=reader.email,
        language=reader.language,
        subject=render_subject(wording.subject, values=values),
        content=render(wording.content, values=values, links=LINK_LABELS[reader.language]),
        due_at=due_at,
    )
