"""The forms of the import: the file, and which of its columns holds what."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtale.recruiting.domain.import_applicants import (
    Field,
    Mapping,
    Table,
    UnreadableFile,
    match_columns,
    read,
)
from samtale.recruiting.domain.import_applicants.reading import EXTENSIONS
from samtale.recruiting.domain.import_applicants.wording import column_name


class UploadForm(forms.Form):
    """Takes a file. `table` is what it holds, once the form is valid."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, at most 10 MB. The first row names the columns."),
        widget=forms.FileInput({"accept": ",".join(EXTENSIONS)}),
        allow_empty_file=True,
    )
    table: Table

    def clean_file(self) -> UploadedFile:
        """Read the file, so that what is wrong with it is said beside the field."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            self.table = read(file, file.name or "")
        except UnreadableFile as error:
            raise forms.ValidationError(str(error)) from error
        return file


class MappingForm(forms.Form):
    """Which column holds what: a select for each field, none of them required here."""

    mark_optional = False

    def __init__(self, table: Table, data: QueryDict | None = None) -> None:
        super().__init__(data, initial=_initial(table))
        choices = [("", _("Not in the file"))]
        choices += [(str(index), column_name(table, index)) for index in range(len(table.headers))]
        for field in Field:
            self.fields[field] = forms.ChoiceField(label=field.label, choices=choices, required=False)

    @property
    def mapping(self) -> Mapping:
        """The columns that were chosen, or guessed where nothing was; a forged choice counts as none."""
        values: Any = self.initial
        if self.is_bound:
            self.is_valid()
            values = self.cleaned_data
        return {field: int(values[field]) for field in Field if values.get(field)}


def _initial(table: Table) -> dict[str, str]:
    return {field.value: str(index) for field, index in match_columns(table.headers).items()}
