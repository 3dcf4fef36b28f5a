"""What somebody has written by hand into one letter (decision 0020)."""

from collections.abc import Mapping
from dataclasses import dataclass

from samtale.outbox.models import Message


@dataclass(frozen=True)
class OwnWords:
    """Hand-written words with their tags, and the language they are in, which the whole letter keeps."""

    language: str
    words: Mapping[str, str]

    @classmethod
    def of(cls, message: Message) -> "OwnWords | None":
        """Return what stands in `message` by hand, or None where nothing does."""
        return cls(message.language, message.own_words) if message.own_words else None

    def over(self, subject: str, content: str) -> tuple[str, str]:
        """Return subject and content with what was written by hand in their place."""
        return self.words.get("subject", subject), self.words.get("content", content)
