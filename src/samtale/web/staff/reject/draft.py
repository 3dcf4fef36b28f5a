"""What has been chosen and typed so far. It travels in the form itself: nothing is stored before Reject."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.safestring import SafeString

from samtale.accounts.models import Organisation, User
from samtale.core.text import is_blank
from samtale.interviews.domain.queries.rounds import furthest_round
from samtale.interviews.domain.queries.standing import standing_invitations
from samtale.interviews.models import Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.domain.preview import marked_html
from samtale.outbox.domain.render import compose, problems, render, render_subject
from samtale.outbox.domain.wording import wordings_for
from samtale.outbox.kinds import Wording
from samtale.outbox.models.message import Channel
from samtale.outbox.tags import GENERAL_TAGS
from samtale.recruiting.domain.queries.reach import came_back_from
from samtale.recruiting.domain.reject import RejectionPlan
from samtale.recruiting.models import Application, Project
from samtale.recruiting.models.rejection import RejectionType
from samtale.recruiting.notifications import rejection_kind
from samtale.recruiting.statuses import APPLICATION_STATUS
from samtale.recruiting.tags import general_values
from samtale.web.staff.forms.letters import NO_EMAIL, SEND
from samtale.web.staff.forms.rejection import NOW, RejectionForm, RejectionTextsForm

_FIELDS = ("subject", "content", "signature")


@dataclass
class Preview:
    """What one applicant will read, or why it cannot be written."""

    application: Application
    subject: str = ""
    body: SafeString | str = ""
    problems: list[str] = field(default_factory=list)


class RejectDraft:
    """Who is to be rejected, and the forms of the page."""

    def __init__(
        self,
        project: Project,
        user: User,
        *,
        applications: Sequence[int],
        data: QueryDict | None,
        now: datetime,
    ) -> None:
        self.project, self.user, self.now = project, user, now
        self.data = data if data is not None and "reason" in data else None
        self.organisation = Organisation.current()
        self.zone = ZoneInfo(self.organisation.time_zone)
        found = Application.objects.filter(project=project, deleted_at=None, pk__in=applications)
        everyone = list(found.select_related("candidate").defer("letter", "cv").order_by("sort_name", "pk"))
        self.applications = [each for each in everyone if _may_follow(each)]
        self.stuck = [each for each in everyone if not _may_follow(each)]

    @cached_property
    def send_key(self) -> uuid.UUID:
        """The key that makes pressing Reject twice the same as once."""
        try:
            return uuid.UUID(self.data.get("send_key", "")) if self.data is not None else uuid.uuid4()
        except ValueError:
            return uuid.uuid4()

    @property
    def ids(self) -> str:
        return ",".join(str(application.pk) for application in self.applications)

    @cached_property
    def languages(self) -> dict[str, list[Application]]:
        """The applicants by the language they read."""
        found: dict[str, list[Application]] = {}
        for application in self.applications:
            found.setdefault(application.candidate.language, []).append(application)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))

    # What may be chosen

    @cached_property
    def senders(self) -> dict[str, tuple[str, str]]:
        return {
            "user": (str(self.user), self.user.email),
            "organisation": (self.organisation.name, self.organisation.sender_email),
        }

    @cached_property
    def form(self) -> RejectionForm:
        may_send = self.user.has_perm("recruiting.send_email", self.project)
        return RejectionForm(
            self.data,
            senders=self.senders,
            may_send_email=may_send,
            zone=self.zone,
            now=self.now,
            initial={
                "type": self._proposed_type(),
                "action": SEND if may_send else NO_EMAIL,
                "sender": "user",
                "leaves": NOW,
            },
        )

    def _proposed_type(self) -> str:
        """Return the type for the furthest that any of them has come."""
        return furthest_round(self.applications) or RejectionType.APPLICATION

    @property
    def type(self) -> str:
        chosen = str(self.form["type"].value() or "")
        return chosen if chosen in RejectionType.values else RejectionType.APPLICATION

    @property
    def sends_email(self) -> bool:
        return self.form["action"].value() == SEND

    @cached_property
    def wordings(self) -> dict[str, Wording]:
        return self._wordings(self.type)

    def _wordings(self, type_: str) -> dict[str, Wording]:
        return wordings_for(
            rejection_kind(type_), languages=list(self.languages), department=self.project.department
        )

    @cached_property
    def _starts_anew(self) -> bool:
        """Texts nobody has touched follow the type; so do those the recruiter asks for."""
        if self.data is None or self.data.get("go") == "template":
            return True
        return self.texts_type != self.type and self._is_untouched(self.data)

    @property
    def texts_type(self) -> str:
        """The type whose templates the texts were started from."""
        posted = self.data.get("texts_type", "") if self.data is not None else ""
        return posted if posted in RejectionType.values else self.type

    @property
    def source_type(self) -> str:
        """What the page is to remember as `texts_type`."""
        return self.type if self._starts_anew else self.texts_type

    @property
    def has_other_types_texts(self) -> bool:
        """Whether texts that were edited for another type are kept."""
        return self.source_type != self.type

    @property
    def source_type_label(self) -> str:
        return str(RejectionType(self.source_type).label)

    def _is_untouched(self, data: QueryDict) -> bool:
        shipped = self._wordings(self.texts_type)
        return all(
            _lines(data.get(f"texts-{language}-{name}", "")) == _lines(getattr(shipped[language], name))
            for language in self.languages
            for name in _FIELDS
        )

    @cached_property
    def texts(self) -> dict[str, RejectionTextsForm]:
        data = None if self._starts_anew else self.data
        return {
            language: RejectionTextsForm(
                data, language=language, is_sent=self.sends_email, initial=_texts(self.wordings[language])
            )
            for language in self.languages
        }

    # What comes of it

    def is_valid(self) -> bool:
        """Check everything, so that every error shows at once."""
        forms = [self.form, *(texts for texts in self.texts.values() if texts.is_bound)]
        return all(form.is_valid() for form in forms)

    def plan(self) -> RejectionPlan:
        """Return what was chosen and typed, of a form that is valid."""
        chosen = self.form.cleaned_data
        name, address = self.senders[chosen["sender"]]
        return RejectionPlan(
            type=chosen["type"],
            reason=chosen["reason"],
            note=chosen["note"],
            sends_email=chosen["action"] == SEND,
            sender_name=name,
            sender_address=address,
            due_at=chosen["due_at"],
            texts={language: self._typed(language) for language in self.texts},
        )

    def _typed(self, language: str) -> Wording:
        form = self.texts[language]
        subject, content, signature = (_lines(str(form[name].value() or "")) for name in _FIELDS)
        return Wording(subject, content, signature)

    # What is to be known before

    @cached_property
    def preview(self) -> Preview | None:
        """What the chosen applicant will get, the first one unless another is asked for."""
        if not (self.sends_email and self.applications):
            return None
        wanted = self.data.get("preview_for", "") if self.data is not None else ""
        application = next(
            (each for each in self.applications if str(each.pk) == wanted), self.applications[0]
        )
        texts = self._typed(application.candidate.language)
        sender = str(self.form["sender"].value())
        name = self.senders.get(sender, self.senders["user"])[0]
        values = general_values(application.candidate, self.project, self.organisation, sender_name=name)
        content = compose(texts.content, texts.signature)
        found = problems(f"{texts.subject}\n{content}", tags=GENERAL_TAGS, values=values)
        if found or is_blank(texts.subject):
            return Preview(application, texts.subject, content, [each.sentence() for each in found])
        body = marked_html(render(content, values=values, links={}))
        return Preview(application, render_subject(texts.subject, values=values), body)

    @cached_property
    def without_email(self) -> list[Application]:
        return [each for each in self.applications if not each.candidate.address_by(Channel.EMAIL)]

    @cached_property
    def unreachable(self) -> list[Application]:
        """Those whose e-mail address does not take letters, by what came back."""
        dead: set[int] = set()
        ids = [application.pk for application in self.applications]
        for start in range(0, len(ids), 500):
            dead |= came_back_from(ids[start : start + 500])
        return [each for each in self.applications if each.pk in dead]

    @cached_property
    def expected(self) -> list[Invitation]:
        """Their interviews that are still to come, and end with this."""
        coming = standing_invitations(self.applications, now=self.now)
        return list(coming.exclude(meeting_status=MeetingStatus.NOT_RELEVANT))


def _may_follow(application: Application) -> bool:
    if application.candidate.anonymised_at or application.status == Application.Status.REJECTED:
        return False
    return APPLICATION_STATUS.allows(application.status, Application.Status.REJECTED)


def _texts(wording: Wording) -> dict[str, Any]:
    return {name: getattr(wording, name) for name in _FIELDS}


def _lines(text: str) -> str:
    """Browsers send line ends as CR LF, and the field strips the outside."""
    return text.replace("\r\n", "\n").strip()
