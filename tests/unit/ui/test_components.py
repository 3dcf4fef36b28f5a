"""The small components: text stays text, and what does not exist is refused."""

import json

import pytest
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string

from samtale.ui import icons
from samtale.ui.names import initials
from tests.unit.ui.html import draw, one, soup

HOSTILE = '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amina Hassan", "AH"),
        ("Fatima Zahra El Amrani", "FA"),
        ("åse", "Å"),
        ("  (Per)  'Vik'", "PV"),
        ("李 小龙", "李小"),
        ("", "?"),
        ("123", "?"),
    ],
)
def test_initials(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    "source",
    [
        "{% tag text 'info' %}",
        "{% avatar text %}",
        "{% person text text url=text %}",
        "{% breadcrumbs text text '' text %}",
        "{% alert 'danger' %}{{ text }}{% endalert %}",
        "{% bulk_bar %}{{ text }}{% endbulk_bar %}",
        "{% sort_header text text %}",
    ],
)
def test_hostile_text_stays_text(source):
    assert not draw(source, text=HOSTILE).select("script")


@pytest.mark.parametrize("source", ["{% tag 'x' 'pink' %}", "{% icon 'unicorn' %}", "{% breadcrumbs '/' %}"])
def test_what_does_not_exist_is_refused(source):
    with pytest.raises(TemplateSyntaxError):
        draw(source)


def test_decoration_is_hidden_from_screen_readers():
    assert one(draw("{% icon 'calendar' %}"), "svg")["aria-hidden"] == "true"
    assert one(draw("{% avatar 'Per Vik' %}"), "span")["aria-hidden"] == "true"


def test_breadcrumbs_mark_the_present_page_and_lead_one_step_back():
    html = draw("{% breadcrumbs '/a/' 'A' '/b/' 'B' '' 'Here' %}")
    assert one(html, "[aria-current=page]").get_text() == "Here"
    assert one(html, "nav > a")["href"] == "/b/"
    assert one(html, "nav > a")["aria-label"] == "Tilbake til B"


def test_the_bar_offers_every_row_only_when_there_are_more():
    html = draw("{% bulk_bar total=214 %}<button>Utfør</button>{% endbulk_bar %}")
    assert one(html, "input[name=all]")["value"] == ""
    assert one(html, "[data-bulk-every]").get_text() == "Velg alle 214"
    assert one(html, "[data-bulk-count]")["data-many"] == "{n} valgt"
    assert not draw("{% bulk_bar %}x{% endbulk_bar %}").select("[name=all], [data-bulk-every]")


def test_the_list_of_icons_names_each_once():
    pairs: list[tuple[str, str]] = []
    text = (icons.LIST).read_text(encoding="utf-8")
    json.loads(text, object_pairs_hook=pairs.extend)
    assert sorted(name for name, _ in pairs) == sorted(icons.names())


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_nothing_and_leads_home(name):
    html = soup(render_to_string(f"{name}.html"))
    assert one(html, "h1").get_text()
    assert one(html, "main a")["href"] == "/"
    assert one(html, "html")["lang"] == "nb"
