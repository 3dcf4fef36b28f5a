"""`samtale demo`: fills an empty database with something to look at."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from samtale.core import clock
from samtale.web.demo import fill, is_empty


class Command(BaseCommand):
    help = "Fills an empty database with demo data. Does nothing where there is data already."

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_empty():
            self.stdout.write(_("There is data already, so the demo data was left out."))
            return
        fill(now=clock.now())
        self.stdout.write(_("The demo data is ready."))
