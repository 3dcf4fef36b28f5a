"""Whatever is written and whoever applies: tags are read once and values are only text."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from samtale.outbox.domain.preview import as_html, as_text, marked_html
from samtale.outbox.domain.render import (
    SUBJECT_LENGTH,
    UnrenderableTag,
    as_written,
    clean,
    is_blank,
    problems,
    render,
    render_subject,
    tag_names,
)
from tests.factories.outbox import TAGS

NAMES = tuple(tag.name for tag in TAGS)
ADDRESS = "https://samtale.example.org/a/secret"
hostile = st.sampled_from(
    [
        "{confirmlink}",
        "{name}",
        "<script>",
        "</p>",
        '"><a href="',
        "\r\nBcc: x@y.no",
        "\n\n",
        "{",
        "}",
        "&lt;",
        "\x00",
    ]
)
words = st.lists(st.one_of(st.text(), hostile)).map("".join)
values_of_all = st.fixed_dictionaries({"name": words, "place": words}).map(
    lambda values: {name: value + "x" for name, value in values.items()}
)
texts = st.lists(st.one_of(words, st.sampled_from([f"{{{name}}}" for name in NAMES]))).map("".join)
texts_of_known_tags = texts.filter(lambda text: set(tag_names(clean(text))) <= set(NAMES))


def rendered(text: str, values: dict[str, str]) -> list[list[str]]:
    return render(text, values=values, links={"confirmlink": "Svar"})


@given(words.filter(lambda text: not tag_names(clean(text))))
def test_a_text_without_tags_comes_out_as_it_went_in(text: str):
    assert as_text(rendered(text, {}), addresses={}) == clean(text)


@given(texts_of_known_tags, values_of_all)
def test_each_tag_gives_one_segment_with_its_whole_value(text: str, values: dict[str, str]):
    filled = [segment for segment in rendered(text, values) if segment[0] != "text"]

    assert list(dict.fromkeys(segment[2] for segment in filled)) == tag_names(clean(text))
    assert all(segment[1] == clean(values[segment[2]]) for segment in filled if segment[0] == "value")


@given(texts_of_known_tags, values_of_all)
def test_a_value_never_brings_a_link(text: str, values: dict[str, str]):
    links = [segment for segment in rendered(text, values) if segment[0] == "link"]

    assert len(links) == clean(text).count("{confirmlink}")


@given(texts, st.dictionaries(st.sampled_from(NAMES[:2]), words))
def test_what_has_no_problem_can_be_rendered_and_nothing_else(text: str, values: dict[str, str]):
    found = problems(text, tags=TAGS, values=values)
    try:
        segments = rendered(text, values)
    except UnrenderableTag:
        assert found
    else:
        assert all(problem.problem == "brace" for problem in found)
        left = "".join(segment[1] for segment in segments if segment[0] == "text")
        assert bool(found) == ("{" in left or "}" in left)
        assert not any(is_blank(segment[1]) for segment in segments if segment[0] != "text")


@given(texts.filter(lambda text: set(tag_names(clean(text))) <= {"name", "place"}), values_of_all)
def test_a_subject_is_one_line_of_bounded_length(text: str, values: dict[str, str]):
    subject = render_subject(text, values=values)

    assert len(subject.splitlines()) <= 1
    assert len(subject) <= SUBJECT_LENGTH
    assert subject.encode().decode() == subject


@given(texts_of_known_tags, values_of_all)
def test_what_was_written_can_be_read_back_from_the_segments(text: str, values: dict[str, str]):
    segments = rendered(text, values)

    assert as_written(segments) == clean(text)
    assert rendered(as_written(segments), values) == segments


class Elements(HTMLParser):
    """Collects what an HTML reader takes for elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, frozenset[str]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, frozenset(name for name, _value in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(texts_of_known_tags, values_of_all)
def test_html_has_only_our_own_elements(text: str, values: dict[str, str]):
    html = as_html(
        rendered(text, values),
        addresses={"confirmlink": ADDRESS},
        language="nb",
        subject=values["name"],
        organisation_name=values["place"],
    )
    allowed = {
        *[(tag, frozenset()) for tag in ("head", "style", "title", "br")],
        *[(tag, frozenset({"class", "style"})) for tag in ("p", "div", "main")],
        ("html", frozenset({"lang"})),
        ("body", frozenset({"style"})),
        ("meta", frozenset({"charset"})),
        ("meta", frozenset({"name", "content"})),
        ("a", frozenset({"class", "href", "style"})),
    }

    assert set(Elements(html).found) <= allowed


@given(texts_of_known_tags, values_of_all)
def test_the_preview_has_only_our_own_elements(text: str, values: dict[str, str]):
    elements = Elements(marked_html(rendered(text, values)))

    assert {tag for tag, _attrs in elements.found} <= {"p", "br", "mark", "a"}
    assert not any("href" in attrs for _tag, attrs in elements.found)
