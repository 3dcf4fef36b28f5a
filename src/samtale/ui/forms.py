"""Renders any Django form in Designsystemet's markup."""

from dataclasses import dataclass

from django.forms import BaseForm, BoundField, CheckboxSelectMultiple, RadioSelect
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import MultiWidget, SelectDateWidget
from django.utils.safestring import SafeString

GROUPS = (RadioSelect, CheckboxSelectMultiple, MultiWidget, SelectDateWidget)


class DesignRenderer(TemplatesSetting):
    """The project's form renderer. Widgets are overridden in `templates/django/forms/widgets/`."""

    field_template_name = "ui/field.html"


@dataclass(frozen=True)
class Parts:
    """What the field's template must know beyond the bound field itself."""

    control: SafeString
    layout: str
    describedby: str
    is_optional: bool
    hides_label: bool


def parts_of(field: BoundField) -> Parts:
    """Return the parts of `field`, its control tied to help text and error by `aria-describedby`."""
    layout = _layout(field)
    describedby = field.aria_describedby or ""
    attrs: dict[str, str | bool] = {}
    if describedby and layout != "group":
        attrs["aria-describedby"] = describedby
    if str(field.field.widget.attrs.get("placeholder", "")).startswith(str(field.label)):
        attrs["placeholder"] = False  # it would only say the label again
    return Parts(
        control=field.as_widget(attrs=attrs),
        layout=layout,
        describedby=describedby,
        is_optional=_says_optional(field, layout),
        hides_label=field.field.widget.attrs.get("data-label") == "hidden",
    )


def _layout(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, GROUPS):
        return "group"
    return "toggle" if getattr(widget, "input_type", "") == "checkbox" else "control"


def _says_optional(field: BoundField, layout: str) -> bool:
    """Optional fields are marked, and only where other fields are required: a filter has no marks."""
    form: BaseForm = field.form
    return (
        not field.field.required
        and layout != "toggle"
        and getattr(form, "mark_optional", True)
        and any(other.required for other in form.fields.values())
    )
