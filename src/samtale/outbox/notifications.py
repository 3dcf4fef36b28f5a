"""The letters that every installation sends: links with which users choose a password."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from samtale.accounts.models import Organisation, User
from samtale.core import audit
from samtale.core.audit import Actor
from samtale.outbox import kinds
from samtale.outbox.domain.queue import STOPPABLE, Letter, cancel, queue
from samtale.outbox.domain.render import compose, render, render_subject
from samtale.outbox.domain.wording import wording_for
from samtale.outbox.kinds import MessageKind, Wording, register
from samtale.outbox.models import Message
from samtale.outbox.tags import Tag

WELCOME, PASSWORD = "account.welcome", "account.password"
PASSWORD_LINK = Tag("password-link", _("Link for choosing a password"), is_link=True)
_TAGS = (
    Tag("first-name", _("The user's first name")),
    Tag("company", _("The name of the organisation")),
    PASSWORD_LINK,
)
CLOSED = gettext_noop("The user may no longer log in.")
_NOBODY = User(pk=0, first_name="Nobody", email="nobody@localhost")
_LINK_LABELS = {"nb": "Velg passord", "en": "Choose a password"}


def _choose_password_address(message: Message, tag: str) -> str:
    """The link is good for PASSWORD_RESET_TIMEOUT seconds, counted from when the letter leaves."""
    user = User.objects.get(email=message.recipient_address)
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=key)


def _may_log_in(message: Message, now: datetime) -> str:
    is_user = User.objects.filter(email=message.recipient_address, is_active=True).exists()
    return "" if is_user else CLOSED


def _still_without_password(message: Message, now: datetime) -> str:
    if reason := _may_log_in(message, now):
        return reason
    user = User.objects.get(email=message.recipient_address)
    return gettext_noop("The user has a password already.") if user.has_usable_password() else ""


register(
    MessageKind(
        slug=WELCOME,
        label=_("Welcome to a new user"),
        channel="email",
        tags=_TAGS,
        required=frozenset({PASSWORD_LINK.name}),
        link_address=_choose_password_address,
        is_still_true=_still_without_password,
        defaults={
            "nb": Wording(
                subject="Velkommen til Samtale i {company}",
                content=(
                    "Hei {first-name},\n\n"
                    "Du har fått tilgang til Samtale, der {company} følger opp rekrutteringer og intervjuer. "
                    "Velg et passord for å logge inn:\n\n"
                    "{password-link}\n\n"
                    "Lenken virker i tre dager. Etter det kan du velge «Glemt passord» på innloggingssiden."
                ),
                signature="Vennlig hilsen\n{company}",
            ),
            "en": Wording(
                subject="Welcome to Samtale at {company}",
                content=(
                    "Hello {first-name},\n\n"
                    "You have been given access to Samtale, where {company} follows its recruitment and "
                    "interviews. Choose a password to log in:\n\n"
                    "{password-link}\n\n"
                    "The link works for three days. After that, choose “Forgot password” where you log in."
                ),
                signature="Kind regards\n{company}",
            ),
        },
    )
)

register(
    MessageKind(
        slug=PASSWORD,
        label=_("New password"),
        channel="email",
        tags=_TAGS,
        required=frozenset({PASSWORD_LINK.name}),
        link_address=_choose_password_address,
        is_still_true=_may_log_in,
        defaults={
            "nb": Wording(
                subject="Nytt passord til Samtale",
                content=(
                    "Hei {first-name},\n\n"
                    "Her er lenken for å velge nytt passord til Samtale i {company}:\n\n"
                    "{password-link}\n\n"
                    "Lenken virker i tre dager. Har du ikke bedt om nytt passord, kan du se bort fra denne "
                    "e-posten. Passordet ditt er ikke endret."
                ),
                signature="Vennlig hilsen\n{company}",
            ),
            "en": Wording(
                subject="A new password for Samtale",
                content=(
                    "Hello {first-name},\n\n"
                    "Here is the link for choosing a new password for Samtale at {company}:\n\n"
                    "{password-link}\n\n"
                    "The link works for three days. If you have not asked for a new password, you can ignore "
                    "this e-mail. Your password has not been changed."
                ),
                signature="Kind regards\n{company}",
            ),
        },
    )
)


@transaction.atomic
def welcome(user: User, *, by: Actor, now: datetime) -> None:
    """Queue the letter in which a user without a password is asked to choose one.

    Joins `accounts.followers.user_created`; an administrator may also send it once more.
    """
    _queue(WELCOME, user, by, now)
    audit.record("user.welcomed", subject=user, by=by, now=now)


@transaction.atomic
def send_password_link(user: User, *, by: Actor, now: datetime) -> None:
    """Queue the letter with which a user chooses a new password."""
    _queue(PASSWORD, user, by, now)
    audit.record("user.password_link_sent", subject=user, by=by, now=now)


@transaction.atomic
def answer_forgotten_password(email: str, *, now: datetime) -> None:
    """Queue a link for choosing a new password, if a user who may log in has `email`.

    For an address that nobody has the same is done and thrown away, so that a stranger cannot tell by
    the time it takes who is a user.
    """
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    with transaction.atomic():
        send_password_link(user or _NOBODY, by="forgotten password", now=now)
        transaction.set_rollback(user is None)


def stop_letters_to(user: User, *, by: Actor, now: datetime) -> None:
    """Take back what waits to be sent to a user whose log-in is taken away. Joins
    `accounts.followers.user_closed`."""
    to_users = [*kinds.to_staff(), WELCOME, PASSWORD]
    theirs = Message.objects.filter(
        kind__in=to_users, recipient_address__iexact=user.email, state__in=STOPPABLE
    )
    cancel(theirs.order_by("pk"), by=by, now=now, reason=CLOSED)


def _queue(kind: str, user: User, by: Actor, now: datetime) -> None:
    wording = wording_for(kind, language=user.language)
    values = {"first-name": user.first_name, "company": Organisation.current().name}
    links = {PASSWORD_LINK.name: _LINK_LABELS[user.language]}
    letter = Letter(
        kind=kind,
        recipient_name=str(user),
        recipient_address=user.email,
        language=user.language,
        subject=render_subject(wording.subject, values=values),
        content=render(compose(wording.content, wording.signature), values=values, links=links),
        due_at=now,
    )
    queue([letter], by=by if isinstance(by, User) else None, now=now)
