"""The error summary links each error to its field."""

from django import forms

from samtale.ui.widgets import RadioCards
from tests.unit.ui.html import draw, one, soup


class Sample(forms.Form):
    name = forms.CharField(label="Name <b>")
    choice = forms.ChoiceField(label="Choice", choices=[("a", "A")], widget=RadioCards)
    several = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Nothing <i>fits</i>")


def test_every_link_leads_to_a_control():
    form = Sample({})
    summary = draw("{% error_summary form %}", form=form)
    page = soup("".join(str(field.as_field_group()) for field in form))
    links = summary.select("a")
    assert len(links) == 3
    for link in links:
        assert one(page, f'[id="{link["href"][1:]}"]').name == "input"


def test_labels_and_errors_are_shown_as_text():
    texts = [item.get_text() for item in draw("{% error_summary form %}", form=Sample({})).select("li")]
    assert texts[:2] == ["Nothing <i>fits</i>", "Name <b>: Feltet er påkrevet."]
    assert texts[-1] == "Token: Feltet er påkrevet."


def test_several_forms_and_a_formset_share_a_summary():
    formset = forms.formset_factory(Sample, extra=0)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "x"}
    )
    summary = draw("{% error_summary form formset %}", form=Sample({}, prefix="own"), formset=formset)
    targets = [link["href"] for link in summary.select("a")]
    assert "#id_own-name" in targets
    assert "#id_form-0-choice_0" in targets


def test_a_list_of_forms_will_do():
    summary = draw("{% error_summary many %}", many=[Sample({}, prefix="a"), Sample({}, prefix="b")])
    assert [link["href"] for link in summary.select("a")][::3] == ["#id_a-name", "#id_b-name"]


def test_one_of_many_forms_alike_is_named_by_whom_it_is_about():
    form = Sample({}, prefix="a")
    form.about = "Amina <b>"
    texts = [item.get_text() for item in draw("{% error_summary form %}", form=form).select("li")]
    assert texts[:2] == ["Amina <b>: Nothing <i>fits</i>", "Amina <b>: Feltet er påkrevet."]


def test_it_can_take_focus_and_is_named():
    summary = one(draw("{% error_summary form %}", form=Sample({})), "ds-error-summary")
    assert summary["tabindex"] == "-1"
    assert summary["aria-label"] == "Rett opp følgende"


def test_nothing_is_shown_without_errors():
    assert draw("{% error_summary form nothing %}", form=Sample(), nothing=None).get_text(strip=True) == ""
