"""An e-mail to ticked candidates on its way: it travels in its form, and nothing is stored before Send."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samtale.accounts.models import Organisation, User
from samtale.interviews.domain.free_letters import common_of, values_for, with_all
from samtale.interviews.domain.letters import FieldProblem
from samtale.interviews.domain.queries.agenda import interviews_for
from samtale.interviews.domain.queries.invited import is_still_invited
from samtale.interviews.domain.write import Mail, Words, reachable
from samtale.interviews.models import Invitation
from samtale.interviews.notifications import FREE
from samtale.interviews.tags import link_labels, tags_for
from samtale.outbox import kinds
from samtale.outbox.domain.preview import marked_html
from samtale.outbox.domain.render import problems, render, render_subject
from samtale.recruiting.models import Candidate
from samtale.web.staff.forms.free_email import SenderForm, WordsForm
from samtale.web.staff.names import some

_MOST = 500  # candidates one e-mail can be written to at once


@dataclass
class Shown:
    """The letter as one candidate will read it, or why it cannot be written."""

    invitation: Invitation
    subject: str = ""
    body: SafeString | str = ""
    problems: list[str] = field(default_factory=list)


class LetterDraft:
    """The candidates, the forms, and the key that makes Send safe to repeat."""

    def __init__(self, user: User, data: QueryDict, *, is_new: bool) -> None:
        self.user, self.data = user, data
        self.posted = None if is_new else data
        ids = [int(each) for each in _ids(data) if each.isdecimal() and len(each) < 19][:_MOST]
        seen = interviews_for(user).order_by().values("pk")
        ticked = with_all(Invitation.objects.filter(pk__in=ids, interview__in=seen))
        self.ticked = list(ticked.order_by("interview__start", "application__sort_name", "pk"))
        self.invitations = sorted(
            reachable(
                each
                for each in self.ticked
                if is_still_invited(each) and user.has_perm("recruiting.send_email", each.interview.project)
            ),
            key=lambda each: (each.application.sort_name, each.pk),
        )

    @property
    def left_out(self) -> list[Invitation]:
        """Those whom no letter reaches, or to whom the user may not write."""
        return [each for each in self._without_letter if is_still_invited(each)]

    @property
    def no_longer_invited(self) -> list[Invitation]:
        """Those who have withdrawn, say: all of a page are ticked at once."""
        return [each for each in self._without_letter if not is_still_invited(each)]

    @property
    def _without_letter(self) -> list[Invitation]:
        written_to = {each.application_id for each in self.invitations}
        return [each for each in self.ticked if each.application_id not in written_to]

    @property
    def ids(self) -> str:
        return ",".join(str(each.pk) for each in self.invitations)

    @cached_property
    def send_key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.data.get("send_key", ""))
        except ValueError:
            return uuid.uuid4()

    @cached_property
    def languages(self) -> dict[str, list[Invitation]]:
        """The candidates by language."""
        found: dict[str, list[Invitation]] = {}
        for code in Candidate.Language.values:
            speakers = [each for each in self.invitations if each.application.candidate.language == code]
            if speakers:
                found[code] = speakers
        return found

    @cached_property
    def senders(self) -> dict[str, tuple[str, str]]:
        organisation = Organisation.current()
        return {
            "user": (str(self.user), self.user.email),
            "organisation": (organisation.name, organisation.sender_email),
        }

    @cached_property
    def form(self) -> SenderForm:
        return SenderForm(self.posted, senders=self.senders)

    @cached_property
    def words(self) -> dict[str, WordsForm]:
        kind = kinds.get(FREE)
        return {
            language: WordsForm(self.posted, language=language, initial=vars(kind.shipped(language)))
            for language in self.languages
        }

    def is_valid(self) -> bool:
        """Check everything, so that every error shows at once."""
        return all([self.form.is_valid(), *(form.is_valid() for form in self.words.values())])

    def mail(self) -> Mail:
        """Return what is typed, the fields as they stand even where they have errors."""
        name, address = self.senders.get(str(self.form["sender"].value()), self.senders["user"])
        words = {
            language: Words(*(str(form[each].value() or "") for each in ("subject", "content")))
            for language, form in self.words.items()
        }
        return Mail(words, name, address)

    def show(self, found: Sequence[FieldProblem]) -> None:
        """Put what the domain found beside the fields it concerns."""
        for each in found:
            sentence = each.problem.sentence()
            if each.problem.problem == "empty" and each.candidates:
                sentence = _("%(sentence)s It is empty for: %(names)s.") % {
                    "sentence": sentence,
                    "names": some(each.candidates),
                }
            form = self.words[each.language]
            if sentence not in form.errors.get(each.field, []):
                form.add_error(each.field, sentence)

    @cached_property
    def preview(self) -> Shown:
        """The letter to the chosen candidate, the first one unless another is asked for."""
        wanted = self.data.get("preview_for", "")
        found = [each for each in self.invitations if str(each.pk) == wanted]
        invitation = found[0] if found else self.invitations[0]
        mail = self.mail()
        language = mail.language_for(invitation.application.candidate)
        words = mail.words[language]
        values = values_for(invitation, common_of(invitation.interview, mail.sender_name), language=language)
        wrong = [
            problem.sentence()
            for name, text in vars(words).items()
            for problem in problems(text, tags=tags_for(name), values=values)
        ]
        if wrong:
            return Shown(invitation, words.subject, words.content, wrong)
        segments = render(words.content, values=values, links=link_labels(language))
        return Shown(invitation, render_subject(words.subject, values=values), marked_html(segments))


def _ids(data: QueryDict) -> list[str]:
    """Return what was ticked: a box each, or all in one hidden field."""
    return ",".join([*data.getlist("invitation"), data.get("invitations", "")]).split(",")
