"""Step 2 as forms: started from the round's templates, checked, turned into `Letters`."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from samtale.interviews.domain import confirm_link
from samtale.interviews.domain.letters import FieldProblem, Letters, Texts
from samtale.interviews.domain.reminder_time import DAYS_BEFORE, is_possible, reminder_instant
from samtale.interviews.models.dispatch import Reminder
from samtale.interviews.models.interview import Round
from samtale.interviews.notifications import invitation_kind
from samtale.outbox.domain.wording import wordings_for
from samtale.outbox.kinds import Wording
from samtale.recruiting.models import Application, Candidate
from samtale.web.staff.forms.letters import SEND, LettersForm, TextsForm
from samtale.web.staff.forms.texts import days_before, with_plain_lines
from samtale.web.staff.invite.draft import Draft
from samtale.web.staff.names import some

_DEFAULTS = ("reminder_subject", "reminder_content", "reminder_signature", "reminder_sms")


class LettersStep:
    """The forms of step 2 for a draft whose step 1 is ready."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        data = draft.data
        self.data = data if data is not None and "action" in data else None
        self.round = draft.form.cleaned_data["round"]

    @property
    def source_round(self) -> str:
        """The round whose templates the texts were started from."""
        return (self.data.get("texts_round") if self.data is not None else None) or self.round

    @property
    def has_other_rounds_texts(self) -> bool:
        """Whether texts that were edited for another round are kept."""
        return self.source_round != self.round and not self._starts_anew

    @property
    def source_round_label(self) -> str:
        return str(Round(self.source_round).label)

    @cached_property
    def _starts_anew(self) -> bool:
        """Texts nobody has touched follow the round; so do those the recruiter asks for."""
        if self.data is None or self.data.get("go") == "template":
            return True
        if self.source_round not in Round.values:
            return True
        return self.source_round != self.round and self._untouched(self.data)

    def _untouched(self, data: QueryDict) -> bool:
        shipped = self._wordings(self.source_round)
        return all(
            with_plain_lines(data.get(f"texts-{language}-{name}", "")) == with_plain_lines(text)
            for language in self.draft.languages
            for name, text in _texts(shipped[language]).items()
        )

    def _wordings(self, round_: str) -> dict[str, Wording]:
        return wordings_for(
            invitation_kind(round_),
            languages=list(self.draft.languages),
            department=self.draft.project.department,
        )

    @cached_property
    def wordings(self) -> dict[str, Wording]:
        return self._wordings(self.round)

    # What may be chosen

    @cached_property
    def possible_days(self) -> list[int]:
        """For how many days before every one of the interviews can still be reminded of (spec 4)."""
        starts = [meeting.start for meeting in self.draft.meetings()]
        zone, now = self.draft.zone, self.draft.now
        return [
            days
            for days in DAYS_BEFORE
            if all(is_possible(start, days=days, zone=zone, now=now) for start in starts)
        ]

    @cached_property
    def reminder_days_and_times(self) -> list[dict[str, object]]:
        """When the reminder of the first and the last interview leaves, for each possible choice."""
        starts = [meeting.start for meeting in self.draft.meetings()]
        zone = self.draft.zone
        return [
            {
                "days": days,
                "label": dict(days_before())[days],
                "first": reminder_instant(min(starts), days=days, zone=zone).astimezone(zone),
                "last": reminder_instant(max(starts), days=days, zone=zone).astimezone(zone),
            }
            for days in self.possible_days
        ]

    @cached_property
    def senders(self) -> dict[str, tuple[str, str]]:
        user, organisation = self.draft.user, self.draft.organisation
        return {
            "user": (str(user), user.email),
            "organisation": (organisation.name, organisation.sender_email),
        }

    @cached_property
    def form(self) -> LettersForm:
        user, project = self.draft.user, self.draft.project
        return LettersForm(
            self._posted(),
            senders=self.senders,
            may_send_email=user.has_perm("recruiting.send_email", project),
            may_send_sms=user.has_perm("recruiting.send_sms", project),
            possible_days=self.possible_days,
            initial=self._initial(),
        )

    def _posted(self) -> QueryDict | None:
        """Return what was posted; the link's checkbox starts anew with texts that do (spec 3)."""
        if self.data is None or not self._starts_anew:
            return self.data
        posted = self.data.copy()
        posted.pop("includes_link", None)
        if self._includes_link():
            posted["includes_link"] = "on"
        return posted

    def _includes_link(self) -> bool:
        return confirm_link.included_by_default([wording.content for wording in self.wordings.values()])

    def _initial(self) -> dict[str, Any]:
        first = next(iter(self.wordings.values()))
        days = first.defaults.get("reminder_days", 2)
        fewer = [each for each in self.possible_days if each <= days]
        return {
            "action": SEND,
            "sender": "user",
            "includes_link": self._includes_link(),
            "reminder": self._reminder(first.defaults.get("reminder", Reminder.NONE)),
            "reminder_days": max(fewer, default=None),
        }

    def _reminder(self, wanted: str) -> str:
        """Return the template's reminder as far as its time and the user's rights allow it."""
        days = next(iter(self.wordings.values())).defaults.get("reminder_days", 2)
        if not any(each <= days for each in self.possible_days):
            return Reminder.NONE
        if self.draft.user.has_perm("recruiting.send_sms", self.draft.project):
            return wanted
        return Reminder.EMAIL if wanted in (Reminder.EMAIL, Reminder.BOTH) else Reminder.NONE

    @cached_property
    def texts(self) -> dict[str, TextsForm]:
        data = None if self._starts_anew else self.data
        in_use = self._choices().fields_in_use if data is not None else ()
        return {
            language: TextsForm(
                data, language=language, in_use=in_use, initial=_texts(self.wordings[language])
            )
            for language in self.draft.languages
        }

    # What comes of it

    def is_valid(self) -> bool:
        """Check everything, so that every error shows at once."""
        return all([self.form.is_valid(), *(texts.is_valid() for texts in self.texts.values())])

    def _choices(self) -> Letters:
        """Return the choices without the texts: those posted, or else those the form starts with."""
        chosen = self.form.cleaned_data if self.form.is_bound and self.form.is_valid() else self._initial()
        name, address = self.senders[chosen["sender"]]
        return Letters(
            sends_email=chosen["action"] == SEND,
            sender_name=name,
            sender_address=address,
            includes_link=chosen["includes_link"],
            reminder=chosen["reminder"],
            reminder_days=chosen["reminder_days"],
        )

    def letters(self) -> Letters:
        """Return everything chosen and typed, the fields as they stand even where they have errors."""
        choices = self._choices()
        texts = {language: Texts(**_typed(form)) for language, form in self.texts.items()}
        return Letters(**(vars(choices) | {"texts": texts}))

    def show(self, problems: list[FieldProblem]) -> None:
        """Put what the domain found beside the fields it concerns."""
        for found in problems:
            sentence = found.problem.sentence()
            if found.problem.problem == "empty" and found.candidates:
                sentence = _("%(sentence)s It is empty for: %(names)s.") % {
                    "sentence": sentence,
                    "names": some(found.candidates),
                }
            form = self.texts[found.language]
            if sentence not in form.errors.get(found.field, []):
                form.add_error(found.field, sentence)

    def without_mobile(self) -> list[Application]:
        """Return the applicants whom no SMS can reach."""
        return [each for each in self.draft.applications if not each.candidate.mobile]

    def warnings(self) -> Iterator[tuple[str, str]]:
        """Yield what the recruiter must have seen before sending, each with a key (spec 3 and 4)."""
        letters = self.letters()
        unreached = self.without_mobile()
        if letters.reminds_by_sms and unreached:
            names = some([each.candidate.name for each in unreached])
            yield (
                "mobile:" + ",".join(str(each.pk) for each in unreached),
                _("No mobile number, and so no SMS reminder, for: %(names)s.") % {"names": names},
            )
        lacking = [
            str(Candidate.Language(language).label)
            for language, speakers in self.draft.languages.items()
            if not confirm_link.is_in(letters.texts_for(speakers[0].candidate).content)
        ]
        if letters.sends_email and lacking:
            yield (
                "link:" + ",".join(lacking),
                _("No link to answer with: %(languages)s. You will not see who is coming.")
                % {"languages": ", ".join(lacking)},
            )


def _texts(wording: Wording) -> dict[str, str]:
    own = {"subject": wording.subject, "content": wording.content, "signature": wording.signature}
    return own | {name: str(wording.defaults.get(name, "")) for name in _DEFAULTS}


def _typed(form: TextsForm) -> dict[str, str]:
    return {name: with_plain_lines(str(form[name].value() or "")) for name in form.fields}
