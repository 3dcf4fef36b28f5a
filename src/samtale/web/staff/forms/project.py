"""A recruitment project and who has access to it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtale.accounts.domain.queries.users import active_users
from samtale.accounts.models import Department, User
from samtale.recruiting.models import Project, ProjectAccess
from samtale.ui.widgets import DateInput
from samtale.web.staff.forms.texts import shows_something

FACTS = ("title", "reference", "position", "department", "owner", "deadline", "description")


class ProjectForm(forms.Form):
    """Ny rekruttering: the project's facts."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        validators=[shows_something],
        help_text=_("As it stands in the letters to the applicants."),
        error_messages={"required": _("Write the title.")},
    )
    reference = forms.CharField(
        label=_("Reference"),
        max_length=40,
        validators=[shows_something],
        widget=forms.TextInput(attrs={"data-width": "medium"}),
        error_messages={"required": _("Write a reference.")},
    )
    position = forms.CharField(label=_("Position"), max_length=200, required=False)
    department = forms.ModelChoiceField(
        Department.objects.all(),
        label=_("Department"),
        empty_label=_("Choose a department"),
        error_messages={"required": _("Choose the department.")},
    )
    owner = forms.ModelChoiceField(
        active_users(),
        label=_("Project owner"),
        help_text=_("Has full access to the project."),
        error_messages={"required": _("Choose a project owner.")},
        empty_label=None,  # there is always one: who makes the project, until somebody else is chosen
    )
    deadline = forms.DateField(
        label=_("Application deadline"),
        widget=DateInput(),
        help_text=_("The last day one can apply."),
        error_messages={"required": _("Choose the application deadline.")},
    )
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, project: Project | None = None, **kwargs: Any) -> None:
        if project is not None:
            kwargs["initial"] = {name: getattr(project, name) for name in FACTS} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        owners = active_users()
        if project is not None:
            # One who may no longer log in stays the owner until somebody else is chosen.
            owners = User.objects.filter(is_active=True) | User.objects.filter(pk=project.owner_id)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]

    def add_taken_reference(self) -> None:
        """Say beside the field that another project has the reference."""
        self.add_error("reference", _("Another project has this reference."))


class TeamForm(forms.Form):
    """One choice of access for each user."""

    mark_optional = False

    def __init__(self, *args: Any, users: Iterable[User], levels: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users = list(users)
        for user in self.users:
            self.fields[f"access_{user.pk}"] = forms.ChoiceField(
                label=str(user),
                choices=ProjectAccess.Level.choices,
                initial=levels.get(user.pk, ProjectAccess.Level.NONE),
                required=False,
                widget=forms.Select(attrs={"data-label": "hidden"}),
            )

    def rows(self) -> Sequence[tuple[User, forms.BoundField]]:
        """Return each user with their field."""
        return [(user, self[f"access_{user.pk}"]) for user in self.users]

    def chosen(self) -> dict[User, str]:
        """Return the level of each user. One who was not in the page that was sent keeps theirs."""
        names = {user: f"access_{user.pk}" for user in self.users}
        return {user: self.cleaned_data[name] for user, name in names.items() if self.cleaned_data[name]}
