"""The letter about a change, as it can be reworded on the page that makes the change."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from django.http import QueryDict

from samtale.core.text import is_blank
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.tags import Circumstances, link_labels, tag_values
from samtale.outbox.domain.own_words import OwnWords
from samtale.outbox.domain.preview import marked_html
from samtale.outbox.domain.render import compose, problems, render, render_subject
from samtale.outbox.kinds import Wording
from samtale.outbox.tags import Tag
from samtale.recruiting.models import Application
from samtale.web.staff.forms.words import WordsForm
from samtale.web.staff.reject.draft import Preview

_FIELDS = ("subject", "content", "signature")


class Words:
    """One letter in each of the candidates' languages.

    `houses` are the wordings to start from, by the name of the occasion and by language; `occasion` is the
    one that holds now. Texts that nobody has touched follow the occasion.
    """

    def __init__(
        self,
        invitations: Sequence[Invitation],
        houses: Mapping[str, Mapping[str, Wording]],
        occasion: str,
        *,
        tags: Collection[Tag],
        data: QueryDict | None,
        is_sent: bool,
    ) -> None:
        self.invitations, self.houses, self.occasion = invitations, houses, occasion
        self.tags, self.is_sent = tags, is_sent
        self.data = data if data is not None and "occasion" in data else None

    @cached_property
    def languages(self) -> dict[str, list[Application]]:
        """The applicants by the language they read."""
        found: dict[str, list[Application]] = {}
        for invitation in self.invitations:
            application = invitation.application
            found.setdefault(application.candidate.language, []).append(application)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))

    @cached_property
    def _starts_anew(self) -> bool:
        if self.data is None:
            return True
        occasion = self.data.get("occasion", "")
        before = self.houses.get(occasion)
        return before is None or (occasion != self.occasion and self._is(before, self.data))

    def _is(self, wordings: Mapping[str, Wording], data: QueryDict) -> bool:
        return all(
            _lines(data.get(f"texts-{language}-{name}", "")) == _lines(getattr(wordings[language], name))
            for language in self.languages
            for name in _FIELDS
        )

    @cached_property
    def forms(self) -> dict[str, WordsForm]:
        return {
            language: WordsForm(
                None if self._starts_anew else self.data,
                language=language,
                tags=self.tags,
                is_sent=self.is_sent,
                initial={name: getattr(self.houses[self.occasion][language], name) for name in _FIELDS},
            )
            for language in self.languages
        }

    def is_valid(self) -> bool:
        """Check every language, so that every error shows at once."""
        found = [form.is_valid() for form in self.forms.values() if form.is_bound]
        return all(found)

    def own(self, usual: Mapping[str, Wording]) -> dict[str, OwnWords]:
        """Return what was written in those languages where it differs from the `usual` wording."""
        typed = {language: self.typed(language) for language in self.forms}
        return {
            language: OwnWords(
                language, {"subject": text.subject, "content": compose(text.content, text.signature)}
            )
            for language, text in typed.items()
            if any(getattr(text, name) != _lines(getattr(usual[language], name)) for name in _FIELDS)
        }

    def typed(self, language: str) -> Wording:
        """Return what stands in the fields."""
        form = self.forms[language]
        subject, content, signature = (_lines(str(form[name].value() or "")) for name in _FIELDS)
        return Wording(subject, content, signature)

    def preview(
        self,
        invitation: Invitation,
        interview: Interview,
        common: Circumstances,
        more: Mapping[str, str] | None = None,
    ) -> Preview:
        """Return the letter as the candidate would read it, of `interview` as it would be."""
        application, candidate = invitation.application, invitation.application.candidate
        texts = self.typed(candidate.language)
        values = tag_values(interview, candidate, common) | dict(more or {})
        content = compose(texts.content, texts.signature)
        found = problems(f"{texts.subject}\n{content}", tags=self.tags, values=values)
        if found or is_blank(texts.subject):
            return Preview(application, texts.subject, content, [each.sentence() for each in found])
        body = marked_html(render(content, values=values, links=link_labels(candidate.language)))
        return Preview(application, render_subject(texts.subject, values=values), body)


def _lines(text: str) -> str:
    """Browsers send line ends as CR LF, and the field strips the outside."""
    return text.replace("\r\n", "\n").strip()
