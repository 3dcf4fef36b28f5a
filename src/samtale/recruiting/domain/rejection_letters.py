"""The letters of rejections: written, stopped when an application is taken up again, kept right."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from samtale.accounts.models import Organisation
from samtale.core.audit import Actor
from samtale.outbox.domain.own_words import OwnWords
from samtale.outbox.domain.queue import STOPPABLE, Letter, cancel, rewrite
from samtale.outbox.domain.render import UnrenderableTag, compose, render, render_subject
from samtale.outbox.kinds import Wording
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.recruiting.models import Application, Candidate, Rejection, RejectionDispatch
from samtale.recruiting.notifications.rejection import ELSEWHERE, REOPENED, rejection_kind
from samtale.recruiting.tags import general_values

# So long after it left, a letter to an address that turns out to be wrong is worth telling of.
_RECENT = timedelta(days=14)


def write(
    dispatch: RejectionDispatch,
    application: Application,
    organisation: Organisation,
    *,
    due: datetime,
    own: OwnWords | None = None,
) -> Letter:
    """Return the letter to one applicant, in their language or else one that the dispatch has words in.

    Its address is "" where the candidate has none.

    Raises:
        UnrenderableTag: a tag has no value.
    """
    candidate = application.candidate
    language = own.language if own else _language(dispatch, candidate)
    texts = Wording(**dispatch.wording[language])
    subject, content = texts.subject, compose(texts.content, texts.signature)
    if own:
        subject, content = own.over(subject, content)
    values = general_values(candidate, dispatch.project, organisation, sender_name=dispatch.sender_name)
    return Letter(
        kind=rejection_kind(dispatch.type),
        recipient_name=candidate.name,
        recipient_address=candidate.address_by(Channel.EMAIL),
        language=language,
        subject=render_subject(subject, values=values),
        content=render(content, values=values, links={}),
        sender_name=dispatch.sender_name,
        sender_address=dispatch.sender_address,
        due_at=due,
        batch=dispatch.send_key,
        own_words=dict(own.words) if own else None,
    )


def _language(dispatch: RejectionDispatch, candidate: Candidate) -> str:
    wanted = (candidate.language, *Candidate.Language.values)
    return next(language for language in wanted if language in dispatch.wording)


def stop_rejections(applications: Iterable[Application], *, by: Actor, now: datetime) -> int:
    """Take back the letters of rejection that have not left, of applications that are taken up again."""
    ids = [application.pk for application in applications]
    waiting = rejections_of(ids).filter(state__in=STOPPABLE).order_by("pk")
    return cancel(waiting, by=by, now=now, reason=REOPENED)


def rejections_of(application_ids: Collection[int]) -> QuerySet[Message]:
    """Return the letters of rejection of these applications."""
    return Message.objects.filter(about_rejection__application__in=list(application_ids))


def correct_rejections(
    candidates: Sequence[Candidate], *, changed: Collection[str], by: Actor, now: datetime
) -> list[Message]:
    """Write anew what has not left to these candidates, see `recruiting.followers.CandidateChanged`."""
    unsent = Q(message__state__in=(*STOPPABLE, State.FAILED))
    doubtful = Q(message__state__in=(State.SENDING, State.UNKNOWN)) | Q(
        message__state=State.SENT, message__finished_at__gte=now - _RECENT
    )
    theirs = Rejection.objects.filter(unsent | doubtful, application__candidate__in=list(candidates))
    found = list(
        theirs.select_for_update(of=("message",))
        .select_related(
            "message",
            "application__candidate",
            "dispatch__project__department",
            "dispatch__project__owner",
        )
        .order_by("message_id")
    )
    if not found:
        return []
    organisation = Organisation.current()
    letters: dict[int, Letter] = {}
    ended: list[int] = []
    left_behind: list[Message] = []
    for rejection in found:
        if (message := rejection.message) is None:
            continue
        if message.state not in (*STOPPABLE, State.FAILED):
            address = rejection.application.candidate.address_by(Channel.EMAIL)
            if "email" in changed and address != message.recipient_address:
                left_behind.append(message)
        elif letter := _anew(rejection, message, organisation):
            letters[message.pk] = letter
        elif message.state in STOPPABLE:
            ended.append(message.pk)
            left_behind.append(message)
    cancel(ended, by=by, now=now, reason=ELSEWHERE)
    rewrite(letters, by=by, now=now)
    return left_behind


def _anew(rejection: Rejection, message: Message, organisation: Organisation) -> Letter | None:
    """Return the letter as it would be written now; None where it cannot be, or would reach nobody."""
    own = OwnWords.of(message)
    try:
        letter = write(rejection.dispatch, rejection.application, organisation, due=message.due_at, own=own)
    except UnrenderableTag:
        return None
    return letter if letter.recipient_address else None
