"""The components that pages are made of. See docs/frontend.md for one example of each."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samtale.ui import icons
from samtale.ui.errors import Problem, Validated, problems_in
from samtale.ui.names import initials

register = template.Library()

COLOURS = frozenset({"neutral", "info", "success", "warning", "danger"})


def _colour(name: str) -> str:
    if name not in COLOURS:
        raise template.TemplateSyntaxError(f"No colour {name!r}. There are {sorted(COLOURS)}.")
    return name


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return a decorative icon; the words beside it carry the meaning."""
    if name not in icons.names():
        raise template.TemplateSyntaxError(f"No icon {name!r} in ui/icons.json.")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("ui/build/icons.svg"),
        name,
    )


@register.simple_tag
def tag(text: object, color: str = "neutral") -> SafeString:
    """Return a small coloured label. The colour repeats what the words say."""
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', _colour(color), text)


@register.simple_tag
def avatar(name: object) -> SafeString:
    """Return a round badge with the initials of `name`; the name itself must stand beside it."""
    return format_html(
        '<span class="ds-avatar" data-initials="{}" aria-hidden="true"></span>', initials(str(name))
    )


@register.inclusion_tag("ui/components/person.html")
def person(name: object, secondary: object = "", url: str = "") -> dict[str, Any]:
    """A person in a list: initials, name and a second line."""
    return {"name": name, "secondary": secondary, "url": url}


@register.inclusion_tag("ui/components/breadcrumbs.html")
def breadcrumbs(*urls_and_texts: object) -> dict[str, Any]:
    """The way back, from pairs of address and text. An empty address is the present page."""
    if len(urls_and_texts) % 2:
        raise template.TemplateSyntaxError("breadcrumbs takes pairs of an address and a text.")
    steps = list(zip(urls_and_texts[::2], urls_and_texts[1::2], strict=True))
    linked = [step for step in steps if step[0]]
    return {"steps": steps, "parent": linked[-1] if linked else None}


@register.simple_tag
def page_range(page_obj: Page[Any]) -> str:
    """Return which rows of how many the page shows, such as “1–25 of 214”."""
    total = page_obj.paginator.count
    if not total:
        return _("0 of 0")
    return _("%(first)d–%(last)d of %(total)d") % {
        "first": page_obj.start_index(),
        "last": page_obj.end_index(),
        "total": total,
    }


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: Context, page_obj: Page[Any], parameter: str = "page") -> dict[str, Any]:
    """Links to the other pages of a list; the rest of the address's query is kept."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    shown = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return {
        "page_obj": page_obj,
        "pages": [(number, address(number) if isinstance(number, int) else "") for number in shown],
        "previous": address(page_obj.previous_page_number()) if page_obj.has_previous() else "",
        "next": address(page_obj.next_page_number()) if page_obj.has_next() else "",
    }


@register.inclusion_tag("ui/components/sort_header.html", takes_context=True)
def sort_header(
    context: Context, key: str, text: str, parameter: str = "sort", current: str = ""
) -> dict[str, Any]:
    """A column's heading that sorts by `key`, or the other way when it already does.

    `current` is how the list is sorted when the address does not say.
    """
    query = context["request"].GET.copy()
    present = query.get(parameter) or current
    query.pop("page", None)
    query[parameter] = f"-{key}" if present == key else key
    order = {key: "ascending", f"-{key}": "descending"}.get(present, "none")
    return {"text": text, "order": order, "address": f"?{query.urlencode()}"}


@register.inclusion_tag("ui/components/sms_counter.html")
def sms_counter(field: BoundField) -> dict[str, BoundField]:
    """How many characters and SMS the text in `field` makes; empty without scripts."""
    return {"field": field}


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(*forms: Validated | None) -> dict[str, list[Problem]]:
    """All errors of forms and formsets, each a link to its field. It takes focus."""
    return {"problems": problems_in(*forms)}


@register.simple_block_tag
def alert(content: SafeString, color: str = "info") -> SafeString:
    """Wrap the content in a box that stands out."""
    return format_html('<div class="ds-alert" data-color="{}">{}</div>', _colour(color), content)


@register.simple_block_tag
def fragment(content: SafeString) -> SafeString:
    """Keep what is inside, with `as name`, to show it in more than one place and draw it once."""
    return content


@register.simple_block_tag
def bulk_bar(content: SafeString, total: int = 0) -> str:
    """The floating bar of a `data-bulk` form; the content is its select and button.

    With `total` rows on all pages together, one may also choose every one of them: the form
    then sends `all=1`.
    """
    return render_to_string("ui/components/bulk_bar.html", {"content": content, "total": total})
