"""What is written in one language of a letter."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtale.outbox.domain.render import problems
from samtale.outbox.tags import Tag
from samtale.web.staff.forms.texts import CONTENT, SIGNATURE, SUBJECT, text_field


class WordsForm(forms.Form):
    """Subject, content and signature, with `tags`. They are looked at only where the letter `is_sent`."""

    subject = forms.CharField(label=gettext_lazy("Subject"), required=False, max_length=SUBJECT)
    content = text_field(gettext_lazy("Content"), CONTENT, rows=12, required=False)
    signature = text_field(gettext_lazy("Signature"), SIGNATURE, rows=3, required=False)
    mark_optional = False

    def __init__(
        self,
        data: Any = None,
        *,
        language: str,
        tags: Collection[Tag],
        is_sent: bool,
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, prefix=f"texts-{language}", initial=dict(initial))
        self.language, self.tags, self.is_sent = language, tags, is_sent

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, text in list(cleaned.items()) if self.is_sent else ():
            if not text.strip() and name != "signature":
                self.add_error(name, _("Write something here, or choose not to send it."))
            tags = [tag for tag in self.tags if not (tag.is_link and name == "subject")]
            for problem in problems(text, tags=tags):
                self.add_error(name, problem.sentence())
        return cleaned
