import pytest

from samtale.core.text import SORT_KEY_LENGTH, folded, sort_key


def test_names_sort_as_in_norwegian() -> None:
    names = [
        "Åse Berg",
        "Øyvind Dahl",
        "Ærlig Moe",
        "Zara Lie",
        "Élise Vik",
        "Elin Moe",
        "Egil Aas",
        "Örjan Ek",
    ]
    assert sorted(names, key=sort_key) == [
        "Egil Aas",
        "Elin Moe",
        "Élise Vik",
        "Zara Lie",
        "Ærlig Moe",
        "Örjan Ek",
        "Øyvind Dahl",
        "Åse Berg",
    ]


def test_the_longest_name_fits_its_column() -> None:
    assert len(sort_key("å" * 201)) == SORT_KEY_LENGTH


@pytest.mark.parametrize("text", ["ÅSE", "åse", "A\u030aSE", "Å\u0053\u0045"])
def test_case_and_composition_make_no_difference(text: str) -> None:
    assert folded(text) == "åse"


@pytest.mark.parametrize("text", ["O’Brien", "O'Brien", "O´Brien", "O`Brien", "O‘BRIEN", "O＇Brien"])
def test_an_apostrophe_is_found_however_it_is_typed(text: str) -> None:
    assert folded(text) == "o'brien"
