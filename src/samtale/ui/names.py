"""Names of people, shortened."""


def initials(name: str) -> str:
    """Return the first letter of the first and of the last word, “?” when there is no letter."""
    words = [word for word in name.split() if any(letter.isalpha() for letter in word)]
    if not words:
        return "?"
    ends = [words[0]] if len(words) == 1 else [words[0], words[-1]]
    return "".join(next(letter for letter in word if letter.isalpha()) for word in ends).upper()
