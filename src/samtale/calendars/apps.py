from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarsConfig(AppConfig):
    name = "samtale.calendars"
    verbose_name = _("Calendars")

    def ready(self) -> None:
        """Tell how this app's acts read."""
        from samtale.calendars import checks, sentences  # noqa: F401
