"""One letter in each of the applicants' languages: where its words come from, and how it will read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict
from django.utils.safestring import SafeString

from samtale.core.text import is_blank
from samtale.outbox.domain.own_words import OwnWords
from samtale.outbox.domain.preview import marked_html
from samtale.outbox.domain.render import compose, problems, render, render_subject
from samtale.outbox.kinds import Wording
from samtale.outbox.tags import Tag
from samtale.recruiting.models import Application
from samtale.web.staff.forms.texts import with_plain_lines
from samtale.web.staff.forms.words import WordsForm

_FIELDS = ("subject", "content", "signature")
_NO_LINKS: Mapping[str, str] = {}


@dataclass
class Preview:
    """What one applicant will read, or why it cannot be written."""

    application: Application
    subject: str = ""
    body: SafeString | str = ""
    problems: list[str] = field(default_factory=list)


def by_language(applications: Sequence[Application]) -> dict[str, list[Application]]:
    """Return the applicants by the language they read, the most read first."""
    found: dict[str, list[Application]] = {}
    for application in applications:
        found.setdefault(application.candidate.language, []).append(application)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


class Words:
    """The letter as it stands in the form.

    `houses` are the wordings to start from, by the name of the occasion and by language; `occasion` is the
    one that holds now. Texts that nobody has touched follow the occasion.
    """

    def __init__(
        self,
        applications: Sequence[Application],
        houses: Mapping[str, Mapping[str, Wording]],
        occasion: str,
        *,
        tags: Collection[Tag],
        data: QueryDict | None,
        is_sent: bool,
    ) -> None:
        self.languages = by_language(applications)
        self.houses, self.occasion = houses, occasion
        self.tags, self.is_sent = tags, is_sent
        self.data = data if data is not None and "occasion" in data else None

    @cached_property
    def source(self) -> str:
        """The occasion that the texts were started from. The form carries it on."""
        if self.data is None or self.data.get("go") == "template":
            return self.occasion
        before = self.data.get("occasion", "")
        if before not in self.houses or self._is(self.houses[before], self.data):
            return self.occasion
        return before

    @cached_property
    def _starts_anew(self) -> bool:
        if self.data is None or self.data.get("go") == "template":
            return True
        return self.source != self.data.get("occasion")

    def _is(self, wordings: Mapping[str, Wording], data: QueryDict) -> bool:
        return all(
            with_plain_lines(data.get(f"texts-{language}-{name}", "")) == _house(wordings[language], name)
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
            if any(getattr(text, name) != _house(usual[language], name) for name in _FIELDS)
        }

    def typed(self, language: str) -> Wording:
        """Return what stands in the fields."""
        form = self.forms[language]
        subject, content, signature = (with_plain_lines(str(form[name].value() or "")) for name in _FIELDS)
        return Wording(subject, content, signature)

    def preview(
        self, application: Application, values: Mapping[str, str], links: Mapping[str, str] = _NO_LINKS
    ) -> Preview:
        """Return the letter as the applicant would read it."""
        texts = self.typed(application.candidate.language)
        content = compose(texts.content, texts.signature)
        found = problems(f"{texts.subject}\n{content}", tags=self.tags, values=values)
        if found or is_blank(texts.subject):
            return Preview(application, texts.subject, content, [each.sentence() for each in found])
        body = marked_html(render(content, values=values, links=links))
        return Preview(application, render_subject(texts.subject, values=values), body)


def _house(wording: Wording, name: str) -> str:
    return with_plain_lines(getattr(wording, name))
