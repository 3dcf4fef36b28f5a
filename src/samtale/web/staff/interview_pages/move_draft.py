"""What has been chosen and typed on the page that moves an interview. Nothing is stored before Save."""

from copy import copy
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.http import QueryDict

from samtale.accounts.models import Organisation, User
from samtale.interviews.domain.plan import Meeting
from samtale.interviews.domain.queries.conflicts import Conflict, Period, busy_outside, conflicts
from samtale.interviews.domain.queries.following import letters_to_follow
from samtale.interviews.domain.queries.invited import still_invited_to
from samtale.interviews.domain.queries.too_near import reminders_too_near
from samtale.interviews.domain.reschedule import Telling, Terms
from samtale.interviews.models import Interview, Invitation, InvitationMessage
from samtale.interviews.tags import INVITATION_TAGS, Circumstances
from samtale.interviews.wordings import BY_LANGUAGE
from samtale.outbox.kinds import Wording
from samtale.recruiting.models import Application
from samtale.web.staff.conflicts import candidates_elsewhere
from samtale.web.staff.forms.letters import NO_EMAIL, SEND
from samtale.web.staff.forms.move import MoveForm
from samtale.web.staff.interview_pages.preview import preview_of
from samtale.web.staff.letters.words import Preview, Words

MOVED, CHANGED, PEOPLE = "moved", "changed", "people"
_LONGEST_NUMBER = 4  # digits of a duration


def _houses() -> dict[str, dict[str, Wording]]:
    languages = BY_LANGUAGE.items()
    return {
        MOVED: {
            language: Wording(texts.MOVED_SUBJECT, texts.MOVED_CONTENT, texts.SIGNATURE)
            for language, texts in languages
        },
        CHANGED: {
            language: Wording(texts.CHANGED_SUBJECT, texts.CHANGED_CONTENT, texts.SIGNATURE)
            for language, texts in languages
        },
        PEOPLE: {
            language: Wording(texts.PEOPLE_SUBJECT, texts.PEOPLE_CONTENT, texts.SIGNATURE)
            for language, texts in languages
        },
    }


class MoveDraft:
    """The forms of the page. `query` may propose a start and a duration, see the address."""

    def __init__(
        self,
        interview: Interview,
        user: User,
        *,
        data: QueryDict | None,
        query: QueryDict,
        now: datetime,
    ) -> None:
        self.interview, self.user, self.data, self.query, self.now = interview, user, data, query, now
        self.invitations = still_invited_to(interview)
        self.may_tell = user.has_perm("recruiting.send_email", interview.project)
        self.may_overbook = user.has_perm("recruiting.overbook", interview.project)

    @cached_property
    def form(self) -> MoveForm:
        return MoveForm(
            self.data,
            interview=self.interview,
            invitations=self.invitations,
            may_tell=self.may_tell,
            now=self.now,
            initial=self._initial(),
        )

    def _initial(self) -> dict[str, Any]:
        interview = self.interview
        start = interview.local_start.replace(second=0, microsecond=0)
        duration = self.query.get("duration", "")
        is_number = duration.isdecimal() and len(duration) <= _LONGEST_NUMBER
        start = _moment(self.query.get("start", "")) or start
        return {
            "version": interview.version,
            "date": start.date(),
            "time": start.time(),
            "duration": int(duration) if is_number else interview.duration,
            "interviewers": [user.pk for user in interview.interviewers.all()],
            "room": interview.room_id,
            "place": interview.meeting_place,
            "video_link": interview.video_link,
            "action": SEND if self.may_tell and self.invitations else NO_EMAIL,
            "told": [str(each.pk) for each in self.invitations],
        }

    @property
    def wishing(self) -> list[Invitation]:
        """Those whose candidates have written when they can."""
        return [each for each in self.invitations if each.wishes]

    # As it would be

    @cached_property
    def terms(self) -> Terms | None:
        """What the fields say, or None where they say nothing that could be."""
        if self.form.is_bound:
            return self.form.terms() if self.form.is_valid() else None
        looked_at = MoveForm(
            _as_posted(self._initial()),
            interview=self.interview,
            invitations=self.invitations,
            may_tell=self.may_tell,
            now=self.now,
            initial=self._initial(),
        )
        return looked_at.terms() if looked_at.is_valid() else None

    @cached_property
    def preview_interview(self) -> Interview:
        """The interview as it would be; as it is, where the fields say nothing that could be."""
        would_be = copy(self.interview)
        if self.terms:
            for name in ("start", "duration", "place", "video_link", "room"):
                setattr(would_be, name, getattr(self.terms, name))
        return would_be

    @cached_property
    def taken(self) -> list[Conflict]:
        """Who, and which room, is in something else then."""
        if not self.terms:
            return []
        return conflicts(
            [self._period()],
            interviewers=self.terms.interviewers,
            room=self.terms.room,
            apart_from=[self.interview.pk],
        )

    @cached_property
    def busy(self) -> list[Conflict]:
        """Who is busy then by their own calendar, which stops nobody."""
        return busy_outside([self._period()], interviewers=self.terms.interviewers) if self.terms else []

    @cached_property
    def elsewhere(self) -> list[str]:
        """Say which candidates are invited to something else at a new time."""
        would_be, stands = self.preview_interview, self.interview
        if (would_be.start, would_be.duration) == (stands.start, stands.duration):
            return []
        meeting = Meeting(would_be.start, tuple(each.application for each in self.invitations))
        length = timedelta(minutes=would_be.duration)
        return candidates_elsewhere(
            [meeting], length=length, viewer=self.user, zone=stands.zone, apart_from=[stands.pk]
        )

    def _period(self) -> Period:
        would_be = self.preview_interview
        return Period(would_be.start, would_be.start + timedelta(minutes=would_be.duration))

    # Who is told

    @property
    def sends_email(self) -> bool:
        return str(self.form["action"].value()) == SEND and self.may_tell

    @cached_property
    def told(self) -> list[Invitation]:
        """Those whose candidates are to be told, as the boxes are ticked."""
        ticked = {str(each) for each in self.form["told"].value() or ()}
        return [each for each in self.invitations if self.sends_email and str(each.pk) in ticked]

    @cached_property
    def following(self) -> list[InvitationMessage]:
        """The letters that are sent whoever is ticked, since their candidates have not got them."""
        return letters_to_follow(self.interview)

    @cached_property
    def too_near(self) -> list[InvitationMessage]:
        """The reminders that would be sent as it is, and for which it would be too late as it would be."""
        return reminders_too_near(self.interview, start=self.preview_interview.start, now=self.now)

    @cached_property
    def words(self) -> Words:
        return Words(
            [invitation.application for invitation in self.invitations],
            _houses(),
            self._occasion,
            tags=INVITATION_TAGS,
            data=self.data,
            is_sent=bool(self.told),
        )

    @cached_property
    def asks_anew(self) -> bool:
        """Whether those who are told are asked to answer anew: not where time and place stay as they are."""
        return self.terms is None or Terms.of(self.interview).differing(self.terms) != ["interviewers"]

    @property
    def _occasion(self) -> str:
        if self.terms is None or not self.form.is_bound or self.terms.start != self.interview.start:
            return MOVED
        # News that waits takes on these words, and asks for an answer to what it tells.
        has_news = any(letter.purpose == InvitationMessage.Purpose.MOVED for letter in self.following)
        return CHANGED if self.asks_anew or has_news else PEOPLE

    @property
    def languages(self) -> dict[str, list[Application]]:
        return self.words.languages

    @property
    def applications(self) -> list[Application]:
        return [invitation.application for invitation in self.told]

    def telling(self) -> Telling:
        """Return who is told in which words, of a draft that is valid."""
        own = self.words.own(_houses()[MOVED])
        return Telling(frozenset(each.pk for each in self.told), own)

    @cached_property
    def preview(self) -> Preview | None:
        """What the chosen candidate will get, the first one unless another is asked for."""
        if not self.told:
            return None
        wanted = self.data.get("preview_for", "") if self.data is not None else ""
        chosen = next((each for each in self.told if str(each.application_id) == wanted), self.told[0])
        people = self.terms.interviewers if self.terms else list(self.interview.interviewers.all())
        common = Circumstances(
            Organisation.current(), self.interview.project, self.interview.dispatch.sender_name, people
        )
        return preview_of(self.words, chosen, self.preview_interview, common)


def _moment(typed: str) -> datetime | None:
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=None)
    except ValueError:
        return None


def _as_posted(initial: dict[str, Any]) -> QueryDict:
    """Return what the fields would send if the form were sent as it is first shown."""
    data = QueryDict(mutable=True)
    for name, value in initial.items():
        if isinstance(value, list):
            data.setlist(name, [str(each) for each in value])
        else:
            data[name] = "" if value is None else str(value)
    return data
