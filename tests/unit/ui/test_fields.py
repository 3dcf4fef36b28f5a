"""Every kind of field ties its label, help text and error to its control, and shows users' text as text."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from samtale.ui.widgets import DateInput, DateTimeInput, InlineRadios, RadioCards, Search, TimeInput
from tests.unit.ui.html import described_by, one, soup

HOSTILE = '"><script>alert(1)</script>&amp;'
CHOICES = [("a", "First"), ("b", HOSTILE)]

CONTROLS = {
    "text": forms.CharField(),
    "email": forms.EmailField(),
    "password": forms.CharField(widget=forms.PasswordInput),
    "search": forms.CharField(widget=Search),
    "number": forms.IntegerField(),
    "date": forms.DateField(widget=DateInput),
    "time": forms.TimeField(widget=TimeInput),
    "moment": forms.DateTimeField(widget=DateTimeInput),
    "textarea": forms.CharField(widget=forms.Textarea),
    "select": forms.ChoiceField(choices=[("", "–"), *CHOICES]),
    "select_several": forms.MultipleChoiceField(choices=CHOICES),
    "checkbox": forms.BooleanField(),
    "file": forms.FileField(),
}
GROUPS = {
    "radios": forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect),
    "cards": forms.ChoiceField(choices=CHOICES, widget=RadioCards),
    "inline": forms.ChoiceField(choices=CHOICES, widget=InlineRadios),
    "checkboxes": forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple),
}


def form_with(field: forms.Field, data=None, label="Its label", help_text="It helps", **kwargs):
    """Return a form of one field, and a required one, so that optional ones are marked."""
    field.label, field.help_text = label, help_text
    fields = {"subject": field, "other": forms.CharField()}
    return type("SampleForm", (forms.Form,), fields)(data, **kwargs)


@pytest.mark.parametrize("name", CONTROLS)
def test_a_control_is_labelled_described_and_marked_as_wrong(name):
    form = form_with(CONTROLS[name], data={"subject": ""})
    html = soup(form["subject"].as_field_group())
    control = one(html, "input, select, textarea")
    assert one(html, "label").get_text(strip=True) == "Its label"
    assert one(html, "label")["for"] == control["id"]
    assert described_by(html, control) == ["It helps", "Feltet er påkrevet."]
    assert control["aria-invalid"] == "true"
    assert control.has_attr("required")
    assert "ds-input" in control["class"]


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_of_choices_is_named_by_its_legend_and_described(name):
    form = form_with(GROUPS[name], data={})
    html = soup(form["subject"].as_field_group())
    group = one(html, "fieldset")
    assert one(group, "legend").get_text(strip=True) == "Its label"
    assert described_by(html, group) == ["It helps", "Feltet er påkrevet."]
    for choice in group.select("input"):
        assert one(group, f'label[for="{choice["id"]}"]').get_text()


@pytest.mark.parametrize("name", [*CONTROLS, *GROUPS])
def test_hostile_text_stays_text(name):
    field = {**CONTROLS, **GROUPS}[name]
    form = form_with(field, label=HOSTILE, help_text=HOSTILE, initial={"subject": HOSTILE})
    html = soup(form["subject"].as_field_group())
    assert not html.select("script")
    assert HOSTILE in one(html, "label, legend" if name in CONTROLS else "legend").get_text()
    assert HOSTILE in one(html, '[data-field="description"]').get_text()


def test_a_hostile_error_stays_text():
    form = form_with(forms.CharField(), data={"subject": "x", "other": "x"})
    form.add_error("subject", HOSTILE)
    html = soup(form["subject"].as_field_group())
    assert not html.select("script")
    assert one(html, ".ds-validation-message").get_text() == HOSTILE


def test_a_hostile_value_comes_back_as_it_was_typed():
    html = soup(form_with(forms.CharField(), data={"subject": HOSTILE})["subject"].as_field_group())
    assert one(html, "input")["value"] == HOSTILE


def test_several_errors_are_a_list():
    form = form_with(forms.CharField(), data={"subject": "x", "other": "x"})
    form.add_error("subject", "One thing")
    form.add_error("subject", "Another")
    html = soup(form["subject"].as_field_group())
    assert [item.get_text() for item in html.select(".ds-validation-message li")] == ["One thing", "Another"]


def test_without_errors_and_help_nothing_is_pointed_to():
    html = soup(form_with(forms.CharField(), help_text="")["subject"].as_field_group())
    control = one(html, "input")
    assert not control.has_attr("aria-describedby")
    assert not control.has_attr("aria-invalid")


def test_an_optional_field_says_so_beside_a_required_one():
    html = soup(form_with(forms.CharField(required=False))["subject"].as_field_group())
    assert one(html, "label .optional").get_text() == "(valgfritt)"


def test_a_form_without_required_fields_does_not_repeat_itself():
    class Filter(forms.Form):
        text = forms.CharField(required=False)

    assert not soup(Filter()["text"].as_field_group()).select(".optional")


def test_a_form_may_switch_the_mark_off():
    class Quiet(forms.Form):
        mark_optional = False
        text = forms.CharField()
        more = forms.CharField(required=False)

    assert not soup(Quiet()["more"].as_field_group()).select(".optional")


def test_a_hidden_label_is_there_for_screen_readers():
    field = forms.CharField(widget=forms.TextInput({"data-label": "hidden"}))
    html = soup(form_with(field)["subject"].as_field_group())
    assert "ds-sr-only" in one(html, "label")["class"]


def test_own_classes_and_attributes_are_kept():
    field = forms.CharField(widget=forms.TextInput({"class": "mine", "data-width": "short"}))
    control = one(soup(form_with(field)["subject"].as_field_group()), "input")
    assert control["class"] == ["ds-input", "mine"]
    assert control["data-width"] == "short"


def test_a_placeholder_that_repeats_the_label_is_left_out():
    field = forms.CharField(widget=forms.TextInput({"placeholder": "Its label here"}))
    assert not one(soup(form_with(field)["subject"].as_field_group()), "input").has_attr("placeholder")


@pytest.mark.parametrize(
    ("name", "type_", "typed"),
    [
        ("date", "date", "2026-12-03"),
        ("time", "time", "09:00"),
        ("moment", "datetime-local", "2026-12-03T09:00"),
    ],
)
def test_native_pickers_get_and_give_iso_times(name, type_, typed):
    form = form_with(CONTROLS[name], data={"subject": typed, "other": "x"})
    control = one(soup(form["subject"].as_field_group()), "input")
    assert (control["type"], control["value"]) == (type_, typed)
    assert form.is_valid(), form.errors
    again = form_with(CONTROLS[name], initial={"subject": form.cleaned_data["subject"]})
    assert one(soup(again["subject"].as_field_group()), "input")["value"] == typed


def test_the_chosen_one_is_checked():
    html = soup(form_with(GROUPS["cards"], initial={"subject": "b"})["subject"].as_field_group())
    assert [choice["value"] for choice in html.select("input[checked]")] == ["b"]
    assert len(html.select('.choices[data-cards] > .ds-field[data-variant="outline"]')) == 2


def test_a_file_that_is_there_already_is_named_and_can_be_removed():
    class Stored:
        url = "/documents/1"

        def __str__(self) -> str:
            return "<cv>.pdf"

    form = form_with(forms.FileField(required=False), initial={"subject": Stored()})
    html = soup(form["subject"].as_field_group())
    assert one(html, "a[href='/documents/1']").get_text() == "<cv>.pdf"
    assert one(html, 'input[type="checkbox"]')["name"] == "subject-clear"


def test_a_file_may_be_chosen_when_another_field_was_wrong():
    form = form_with(forms.FileField(), data={}, files={"subject": SimpleUploadedFile("cv.pdf", b"x")})
    assert not soup(form["subject"].as_field_group()).select(".ds-validation-message")


def test_a_hidden_field_has_no_label():
    html = soup(form_with(forms.CharField(widget=forms.HiddenInput))["subject"].as_field_group())
    assert [element.name for element in html.find_all()] == ["input"]
    assert not html.select("[class]")
