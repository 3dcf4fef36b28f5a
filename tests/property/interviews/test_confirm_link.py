"""When the link is included, and that it is added once (spec 3)."""

from hypothesis import given
from hypothesis import strategies as st

from samtale.interviews.domain.confirm_link import TAG, included_by_default, is_in, with_link

LINK = f"{{{TAG}}}"
texts = st.text().filter(lambda text: LINK not in text)
languages = st.sampled_from(["nb", "en", "sv"])


@given(texts, texts)
def test_one_candidate(before, after):
    assert included_by_default([before])
    assert not included_by_default([before + LINK + after])


@given(st.lists(texts, min_size=1, max_size=3), st.lists(texts, max_size=3))
def test_several_languages_it_starts_ticked_when_at_least_one_lacks_it(lacking, others):
    having = [text + LINK for text in others]
    assert included_by_default(lacking + having)
    assert included_by_default(having + lacking)
    assert not having or not included_by_default(having)


@given(texts, languages)
def test_it_is_added_where_it_lacks_and_never_twice(content, language):
    once = with_link(content, language=language)
    assert is_in(once)
    assert once.count(LINK) == 1
    assert with_link(once, language=language) == once


@given(texts, texts, languages)
def test_content_that_has_it_is_left_alone(before, after, language):
    content = before + LINK + after
    assert with_link(content, language=language) == content
