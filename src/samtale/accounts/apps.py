from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "samtale.accounts"

    def ready(self) -> None:
        """Make the permissions known, and how the acts on people and departments read."""
        from samtale.accounts import rights, sentences  # noqa: F401
