"""Text as it is kept, and in the forms it is searched and sorted by, the same on every database."""

import unicodedata

SORT_KEY_LENGTH = 200
# However an apostrophe is typed, O’Brien and O'Brien are one name. NFKC would take ´ apart.
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ′´`", "'"))
_NORDIC = str.maketrans({"æ": "zza", "ä": "zza", "ø": "zzb", "ö": "zzb", "å": "zzc"})


def one_line(text: str) -> str:
    """Return `text` as one line without needless space.

    A field of one line in the browser keeps nobody from posting more, which would go on to subjects and
    names in letters.
    """
    return " ".join(text.split())


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
