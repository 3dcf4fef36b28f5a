"""What forms about people say when a detail is missing or wrong."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Field by field, as `error_messages` takes it.
ERRORS: dict[str, dict[str, Any]] = {
    "first_name": {"required": _("Write the first name.")},
    "last_name": {"required": _("Write the last name.")},
    "email": {"required": _("Write the e-mail address.")},
    "mobile": {"invalid": _("Write a valid phone number, for example 40 00 00 00.")},
    "language": {"required": _("Choose a language.")},
}
