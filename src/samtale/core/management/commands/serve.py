"""`samtale serve`: prepares the database, then runs the web server and the message worker."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtale.serving.supervisor import ANNOUNCEMENT

DEMO_LOG_INS = (
    ("admin@example.org", gettext_lazy("administrator")),
    ("recruiter@example.org", gettext_lazy("recruiter, may send SMS")),
    ("recruiter-nosms@example.org", gettext_lazy("recruiter")),
    ("reader@example.org", gettext_lazy("may only read")),
)
DEMO_PASSWORD = "samtale-demo"  # noqa: S105


class Command(BaseCommand):
    help = "Runs the web server and the message worker together, until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.SERVING["HOST"], help="address to listen on")
        parser.add_argument("--port", default=settings.SERVING["PORT"], help="port to listen on")
        parser.add_argument("--demo", action="store_true", help="fill an empty database with demo data")
        parser.add_argument(
            "--no-prepare", action="store_true", help="leave the database and the static files as they are"
        )

    def handle(self, *, host: str, port: str, demo: bool, no_prepare: bool, **options: Any) -> None:
        require_free(host, port)
        require_workers(settings.SERVING["WORKERS"] or "1")
        os.environ |= settings.SERVING | {"HOST": host, "PORT": port}
        # The port may come from the command line, after the settings were read.
        if not settings.HAS_SITE_URL:
            settings.SITE_URL = os.environ["SITE_URL"] = f"http://localhost:{port}"
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        if not no_prepare:
            self.prepare()
        if demo:
            call_command("demo", verbosity=options["verbosity"])
        sys.stdout.flush()
        # Becoming the supervisor, rather than starting it, gives back the memory that Django took.
        os.environ[ANNOUNCEMENT] = announcement(settings.SITE_URL, demo=demo)
        os.execv(sys.executable, [sys.executable, "-m", "samtale.serving"])  # noqa: S606

    def prepare(self) -> None:
        """Bring the database and the static files up to date with the code."""
        try:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        except OperationalError as error:
            words = {"words": " ".join(str(error).split())}
            raise CommandError(_("The database cannot be used: %(words)s") % words) from error
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)


def require_free(host: str, port: str) -> None:
    """Raise `CommandError` unless a server can listen on the port."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CommandError(_("PORT: “%(port)s” is not a port number.") % {"port": port})
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise CommandError(
                _("Port %(port)s on %(host)s cannot be used (%(why)s). Choose another with PORT=…")
                % {"port": port, "host": host, "why": error.strerror}
            ) from error


def require_workers(number: str) -> None:
    """Raise `CommandError` unless `number` is a number of worker processes."""
    if not number.isdecimal() or int(number) > 64:
        raise CommandError(_("WORKERS: “%(number)s” is not a number from 0 to 64.") % {"number": number})


def announcement(address: str, *, demo: bool) -> str:
    """Return what to print when the web server answers."""
    lines = ["", _("Samtale is ready: %(address)s") % {"address": address}, ""]
    if demo:
        lines += [_("Log in with the password %(password)s as one of") % {"password": DEMO_PASSWORD}, ""]
        lines += [f"  {email:<28} {who}" for email, who in DEMO_LOG_INS]
        lines += [""]
    return "\n".join([*lines, _("Ctrl-C ends it.")])
