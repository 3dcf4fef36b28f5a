"""What is wrong with one or more forms, as a list of links to the fields."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Union

from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxSelectMultiple, RadioSelect

Validated = Union[BaseForm, "BaseFormSet[BaseForm]", Iterable[BaseForm]]


@dataclass(frozen=True)
class Problem:
    """One error. `target` is the id of the element to correct, empty where there is none."""

    text: str
    label: str = ""
    target: str = ""


def problems_in(*subjects: Validated | None) -> list[Problem]:
    """Return all errors of forms, formsets and lists of forms, in the order of their fields."""
    return [problem for subject in subjects if subject is not None for problem in _problems(subject)]


def _problems(subject: Validated) -> Iterator[Problem]:
    if isinstance(subject, BaseForm):
        yield from _problems_in_form(subject)
        return
    if isinstance(subject, BaseFormSet) and subject.is_bound:
        yield from (Problem(str(error)) for error in subject.non_form_errors())
    for form in subject:
        yield from _problems_in_form(form)


def _problems_in_form(form: BaseForm) -> Iterator[Problem]:
    if not form.is_bound:
        return
    about = str(getattr(form, "about", ""))  # of many forms alike, whose or which this one is
    yield from (Problem(str(error), about) for error in form.non_field_errors())
    for field in form:
        label, target = about or str(field.label), _target(field)
        yield from (Problem(str(error), label, target) for error in field.errors)


def _target(field: BoundField) -> str:
    """Return the id of the field's first control; a list of choices has none of its own."""
    if field.is_hidden:
        return ""
    if isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple):
        return f"{field.auto_id}_0" if field.auto_id else ""
    return field.id_for_label
