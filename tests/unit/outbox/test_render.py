import pytest
from django.utils import translation

from samtale.outbox.domain.render import (
    SUBJECT_LENGTH,
    TagProblem,
    UnrenderableTag,
    compose,
    has_tag,
    one_line,
    problems,
    render,
    render_subject,
    tag_names,
)
from samtale.outbox.tags import Tag


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hei {first-name}!", ["first-name"]),
        ("{b}{a}{b}", ["b", "a"]),
        ("{{name}}", ["name"]),
        ("{First-Name} {kjønn} {first_name} {2}", ["First-Name", "kjønn", "first_name", "2"]),
        ("{} { name } {a b} {a.b} {a", []),
        ("a} {name}", ["name"]),
        ("{% if x %} {{ x }} ${x!r}", []),
    ],
)
def test_what_counts_as_a_tag(text: str, names: list[str]):
    assert tag_names(text) == names


def test_has_tag_wants_the_whole_name():
    assert has_tag("{confirmlink}", "confirmlink")
    assert not has_tag("{confirmlinks} confirmlink {confirm-link}", "confirmlink")


def test_values_and_links_become_segments_of_their_own():
    segments = render("Hei {name}:\r\n{link}.", values={"name": "Åse"}, links={"link": "Svar"})

    assert segments == [
        ["text", "Hei "],
        ["value", "Åse", "name"],
        ["text", ":\n"],
        ["link", "Svar", "link"],
        ["text", "."],
    ]


@pytest.mark.parametrize("value", ["{confirmlink}", "<script>alert(1)</script>", "\\1", "%s %(x)s", "{name}"])
def test_a_value_is_never_read_again(value: str):
    assert render("{name}", values={"name": value}, links={"confirmlink": "L"}) == [["value", value, "name"]]


@pytest.mark.parametrize("values", [{}, {"name": ""}, {"name": " \n\t "}, {"name": "\x00"}])
def test_nothing_is_rendered_with_a_raw_or_empty_tag(values: dict[str, str]):
    with pytest.raises(UnrenderableTag, match="name"):
        render("Hei {name}", values=values, links={})


def test_what_no_letter_can_carry_is_left_out():
    assert render("a\x00b\x1b\ud800c\u2028d", values={}, links={}) == [["text", "abc\nd"]]


def test_problems_tell_unknown_tags_from_empty_ones():
    tags = [Tag("name", "Name"), Tag("place", "Place"), Tag("link", "Link", is_link=True)]
    text = "{name} {place} {link} {nmae}"

    assert problems(text, tags=tags) == [TagProblem("nmae", "unknown")]
    assert problems(text, tags=tags, values={"name": "Åse", "place": "  "}) == [
        TagProblem("place", "empty"),
        TagProblem("nmae", "unknown"),
    ]


def test_a_problem_names_its_tag_in_the_readers_language():
    with translation.override("nb"):
        assert TagProblem("nmae", "unknown").sentence() == "Taggen {nmae} finnes ikke i denne typen melding."
        assert TagProblem("place", "empty").sentence() == "Taggen {place} har ingen verdi her."


def test_a_subject_is_one_line():
    subject = render_subject(
        "Intervju:\n{name}", values={"name": "Kari\r\nBcc: all@example.org\u2028\x85\x0b!"}
    )

    assert subject == "Intervju: Kari Bcc: all@example.org !"


def test_a_subject_cannot_be_turned_around():
    assert render_subject("{name}", values={"name": "\u202egnp.exe\u2066\u200b"}) == "gnp.exe"


def test_a_long_subject_is_cut_with_a_sign_that_it_is():
    subject = render_subject("{name}", values={"name": "å" * 1000})

    assert len(subject) == SUBJECT_LENGTH
    assert subject.endswith("å…")


def test_one_line_keeps_emoji_together():
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert one_line(family, 10) == family


@pytest.mark.parametrize(
    ("content", "signature", "whole"),
    [
        ("Hei", "Kari", "Hei\n\nKari"),
        ("Hei\n\n", "\nKari\n", "Hei\n\nKari"),
        ("Hei", "", "Hei"),
        ("Hei", " \n", "Hei"),
        ("", "Kari", "Kari"),
    ],
)
def test_a_signature_stands_after_an_empty_line(content: str, signature: str, whole: str):
    assert compose(content, signature) == whole
