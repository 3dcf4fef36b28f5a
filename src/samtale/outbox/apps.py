from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "samtale.outbox"

    def ready(self) -> None:
        """Find the kinds that each app declares in its `notifications`; write to whoever becomes a user."""
        from samtale.accounts import followers
        from samtale.outbox import checks, sentences  # noqa: F401

        autodiscover_modules("notifications")
        from samtale.outbox.notifications import stop_letters_to, welcome

        followers.user_created.append(welcome)
        followers.user_closed.append(stop_letters_to)
