"""What hides in a text, and what only looks as if it did."""

import pytest

from samtale.core.text import is_blank, one_line, plain_text

HIDING = [
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0x200B,
    0x2060,
    0xFEFF,
    0xAD,
    0x180E,
    0x3164,
    0xE0041,
]
HIDING += [0, 0x08, 0x1B, 0x7F, 0x9F, 0xD800]


@pytest.mark.parametrize("code", HIDING, ids=hex)
def test_what_hides_is_dropped(code: int) -> None:
    hidden = chr(code)
    assert one_line(f"{hidden}Amina {hidden} Has{hidden}san{hidden}") == "Amina Hassan"
    assert plain_text(f"{hidden}Hei,\r\n\tAmi{hidden}na") == "Hei,\n\tAmina"
    assert is_blank(f" {hidden}\n")


@pytest.mark.parametrize(
    "text",
    [
        "Åse-Marie O’Brien",
        "علی\u200cرضا",  # Persian: two halves of one name
        "श्री\u200dमती",
        "محمد (Jr.)\u200f",
        "שרה\u200e (PhD)",
        "👩🏽\u200d⚕\ufe0f 👨\u200d👩\u200d👧",
        "葛\U000e0100城",
        "Ngũgĩ e\u0301",
    ],
)
def test_what_has_work_to_do_stays(text: str) -> None:
    assert one_line(text) == plain_text(text) == text
    assert not is_blank(text)


@pytest.mark.parametrize("text", ["", " \t\n", "\u200d", "\u200e \u200f", "\u061c\ufe0f", "\u2800"])
def test_a_text_that_shows_nothing_is_no_line(text: str) -> None:
    assert is_blank(text)
    assert one_line(text) == ""


def test_lines_stay_lines_however_they_end() -> None:
    assert plain_text("a\r\nb\rc\n\nd") == "a\nb\nc\n\nd"
    assert one_line("a\r\nb\x0bc\x85d\u2028e") == "a b c d e"
