import pytest

from samtale.outbox import kinds
from tests.factories.outbox import LETTER, make_kind


@pytest.fixture(autouse=True)
def _no_kinds(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kinds, "_kinds", {})


def test_a_kind_is_found_by_its_name():
    kinds.register(LETTER)

    assert kinds.get("test.letter") is LETTER
    assert kinds.all_kinds() == [LETTER]
    assert kinds.label("test.letter") == "Test letter"


def test_a_kind_that_is_gone_still_has_a_name_to_show():
    assert kinds.label("gone.letter") == "gone.letter"
    with pytest.raises(kinds.UnknownKind, match=r"gone\.letter"):
        kinds.get("gone.letter")
    assert issubclass(kinds.UnknownKind, KeyError)


def test_two_kinds_cannot_have_one_name():
    kinds.register(LETTER)
    kinds.register(LETTER)

    with pytest.raises(ValueError, match=r"test\.letter"):
        kinds.register(make_kind(label="Another"))


@pytest.mark.parametrize(("language", "subject"), [("nb", "Emne"), ("en", "Subject"), ("sv", "Emne")])
def test_the_shipped_wording_is_in_the_nearest_language(language: str, subject: str):
    assert LETTER.shipped(language).subject == subject
