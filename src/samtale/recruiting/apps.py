from django.apps import AppConfig


class RecruitingConfig(AppConfig):
    name = "samtale.recruiting"

    def ready(self) -> None:
        """Make the permissions known, and how the acts in this app read."""
        from samtale.recruiting import rules, sentences  # noqa: F401
