"""Text as it is kept, and in the forms it is searched and sorted by, the same on every database."""

import re
import unicodedata

SORT_KEY_LENGTH = 200
# However an apostrophe is typed, O’Brien and O'Brien are one name. NFKC would take ´ apart.
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ′´`", "'"))
_NORDIC = str.maketrans({"æ": "zza", "ä": "zza", "ø": "zzb", "ö": "zzb", "å": "zzc"})

# What nobody sees, and what makes the text after it run backwards, so that a name reads as another or cannot
# be found: control characters but \n and \t, the bidirectional embeddings, overrides and isolates, and
# Unicode's ignorable characters such as the zero-width space, the soft hyphen and the byte order mark.
# Not among them, for these have work to do: the joiners U+200C and U+200D (Persian, Hindi, emoji), the marks
# U+200E, U+200F and U+061C, which place punctuation in Arabic and Hebrew and turn no letters around, and the
# variation selectors of emoji and of Japanese names.
_DROPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff]"
)
# Beside these and space, something must stand for a text to show anything.
_VISIBLE = re.compile("[^\\s\u034f\u061c\u200c-\u200f\u2800\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def plain_text(text: str) -> str:
    """Return `text` as it is kept, in lines that end in \\n, without what hides in it."""
    return _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_blank(text: str) -> bool:
    """Say whether nothing of `text` would be seen."""
    return not _VISIBLE.search(plain_text(text))


def one_line(text: str) -> str:
    """Return `text` as one line without needless space and without what hides; "" if nothing of it shows.

    A field of one line in the browser keeps nobody from posting more, which would go on to subjects and
    names in letters.
    """
    line = " ".join(filter(None, map(plain_text, text.split())))
    return "" if is_blank(line) else line


def folded(text: str) -> str:
    """Return `text` without differences of case and apostrophes, so that ÅSE and åse are found by either.

    SQLite's own LIKE knows only the letters of ASCII.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
    return unicodedata.normalize("NFC", plain.casefold())


def sort_key(text: str) -> str:
    """Return a key that sorts names as in Norwegian: æ, ø and å after z, accents ignored."""
    nordic = folded(text).translate(_NORDIC)
    plain = unicodedata.normalize("NFD", nordic)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))[:SORT_KEY_LENGTH]
