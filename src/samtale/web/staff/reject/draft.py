"""What has been chosen and typed so far. It travels in the form itself: nothing is stored before Reject."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.http import QueryDict

from samtale.accounts.models import Organisation, User
from samtale.interviews.domain.queries.rounds import furthest_round
from samtale.interviews.domain.queries.standing import standing_invitations
from samtale.interviews.models import Invitation
from samtale.interviews.models.invitation import MeetingStatus
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
from samtale.web.staff.forms.rejection import NOW, RejectionForm
from samtale.web.staff.letters.words import Preview, Words, by_language


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

    @property
    def languages(self) -> dict[str, list[Application]]:
        """The applicants by the language they read."""
        return self.words.languages

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
    def words(self) -> Words:
        """The letter, which follows the type until somebody writes in it."""
        posted = self.data.get("occasion", "") if self.data is not None else ""
        types = {self.type, *({posted} & set(RejectionType.values))}
        return Words(
            self.applications,
            {type_: self._wordings(type_) for type_ in types},
            self.type,
            tags=GENERAL_TAGS,
            data=self.data,
            is_sent=self.sends_email,
        )

    def _wordings(self, type_: str) -> dict[str, Wording]:
        languages = list(by_language(self.applications))
        return wordings_for(rejection_kind(type_), languages=languages, department=self.project.department)

    @property
    def has_other_types_texts(self) -> bool:
        """Whether texts that were edited for another type are kept."""
        return self.words.source != self.type

    @property
    def source_type_label(self) -> str:
        return str(RejectionType(self.words.source).label)

    # What comes of it

    def is_valid(self) -> bool:
        """Check everything, so that every error shows at once."""
        return all([self.form.is_valid(), self.words.is_valid()])

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
            texts={language: self.words.typed(language) for language in self.words.forms},
        )

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
        sender = str(self.form["sender"].value())
        name = self.senders.get(sender, self.senders["user"])[0]
        values = general_values(application.candidate, self.project, self.organisation, sender_name=name)
        return self.words.preview(application, values)

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
