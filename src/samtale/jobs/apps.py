from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "samtale.jobs"

    def ready(self) -> None:
        """Find the kinds of job that each app declares in its `jobs` module."""
        autodiscover_modules("jobs")
