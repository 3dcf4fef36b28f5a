"""Pages of a list: which rows, which links, and what a strange address does."""

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory

from samtale.ui.pagination import page_of
from tests.unit.ui.html import draw, one


def rows_of(asked: str, rows: int = 214) -> int:
    return page_of(range(rows), RequestFactory().get("/", {"page": asked})).number


@pytest.mark.parametrize(
    ("asked", "number"), [("", 1), ("2", 2), ("9", 9), ("10", 9), ("0", 9), ("-1", 9), ("x", 1), ("1e3", 1)]
)
def test_a_strange_page_number_gives_a_page(asked, number):
    assert rows_of(asked) == number


def test_an_empty_list_has_one_empty_page():
    assert rows_of("7", rows=0) == 1


@pytest.mark.parametrize(
    ("rows", "number", "text"),
    [(214, 1, "1–25 av 214"), (214, 9, "201–214 av 214"), (1, 1, "1–1 av 1"), (0, 1, "0 av 0")],
)
def test_the_range_of_rows(rows, number, text):
    page = Paginator(range(rows), 25).page(number)
    assert draw("{% page_range page %}", page=page).get_text() == text


def pagination(number: int, address: str = "/", rows: int = 214):
    page = Paginator(range(rows), 25).page(number)
    return draw("{% pagination page %}", address, page=page)


def test_one_page_needs_no_links():
    assert pagination(1, rows=25).get_text(strip=True) == ""


def test_the_present_page_is_marked_and_the_ends_are_within_reach():
    html = pagination(5)
    assert one(html, "[aria-current]").get_text() == "5"
    assert [link.get_text() for link in html.select("a[aria-label]")] == ["1", "4", "5", "6", "9"]
    assert one(html, "a[aria-current]")["aria-label"] == "Side 5"


def test_the_first_and_the_last_page_lead_one_way_only():
    assert not pagination(1).select("[rel=prev]")
    assert not pagination(9).select("[rel=next]")
    # The design system draws its arrows on the first and the last item, whatever they are.
    assert one(pagination(1), "li:first-child > [aria-hidden]").get_text() == "Forrige"
    assert one(pagination(9), "li:last-child > [aria-hidden]").get_text() == "Neste"
    assert one(pagination(1), "[rel=next]")["href"] == "?page=2"


def test_the_rest_of_the_query_is_kept_once():
    html = pagination(2, "/?status=new&status=hired&page=2&q=%22%3E%3Cb%3E")
    assert one(html, "[rel=next]")["href"] == "?status=new&status=hired&page=3&q=%22%3E%3Cb%3E"
    assert not html.select("b")


def test_a_heading_sorts_and_sorts_back_and_starts_at_the_first_page():
    html = draw('{% sort_header "name" "Søker" %}', "/?q=a&page=3")
    assert one(html, "th")["aria-sort"] == "none"
    assert one(html, "a")["href"] == "?q=a&sort=name"
    html = draw('{% sort_header "name" "Søker" %}', "/?sort=name")
    assert one(html, "th")["aria-sort"] == "ascending"
    assert one(html, "a")["href"] == "?sort=-name"
    html = draw('{% sort_header "name" "Søker" %}', "/?sort=-name")
    assert one(html, "th")["aria-sort"] == "descending"
    assert one(html, "a")["href"] == "?sort=name"


def test_a_heading_knows_how_the_list_is_sorted_unasked():
    html = draw('{% sort_header "name" "Søker" current="name" %}')
    assert one(html, "th")["aria-sort"] == "ascending"
