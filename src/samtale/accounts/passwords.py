"""What a password must be."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class MinimumLength(MinimumLengthValidator):
    """Django's own rule. Django has its sentence in English only."""

    def get_error_message(self) -> str:
        return ngettext(
            "The password is too short. It must have at least %(number)d character.",
            "The password is too short. It must have at least %(number)d characters.",
            self.min_length,
        ) % {"number": self.min_length}
