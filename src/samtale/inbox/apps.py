from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    name = "samtale.inbox"
    verbose_name = _("Inbox")

    def ready(self) -> None:
        """Look after what is kept here, and say when nothing is read."""
        from samtale.inbox import checks  # noqa: F401
        from samtale.inbox.domain.take import forget_old
        from samtale.jobs.followers import cleaning

        cleaning.append(forget_old)
