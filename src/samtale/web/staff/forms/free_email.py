"""An e-mail in the recruiter's own words to ticked candidates."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from samtale.interviews.tags import tags_for
from samtale.outbox.domain.render import problems
from samtale.web.staff.forms.texts import CONTENT, SIGNATURE, SUBJECT, text_field

_EMPTY = {"required": _("Write something here.")}


class SenderForm(forms.Form):
    """Who signs: the user, or the organisation."""

    sender = forms.ChoiceField(label=_("Sender"))

    def __init__(self, data: Any = None, *, senders: Mapping[str, tuple[str, str]]) -> None:
        super().__init__(data, initial={"sender": "user"})
        choices = [(key, f"{name} <{address}>") for key, (name, address) in senders.items()]
        cast("forms.ChoiceField", self.fields["sender"]).choices = choices


class WordsForm(forms.Form):
    """What is written in one language."""

    subject = forms.CharField(label=_("Subject"), max_length=SUBJECT, error_messages=_EMPTY)
    content = text_field(_("Content"), CONTENT + SIGNATURE, rows=12)
    mark_optional = False

    def __init__(self, data: Any = None, *, language: str, initial: Mapping[str, Any]) -> None:
        super().__init__(data, prefix=f"words-{language}", initial=dict(initial))
        self.language = language
        self.fields["content"].error_messages |= _EMPTY

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, text in list(cleaned.items()):
            for problem in problems(text, tags=tags_for(name)):
                self.add_error(name, problem.sentence())
        return cleaned
