"""The program `samtale`: Django's commands and our own; a mistake in the configuration is one line."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from samtale.outbox.transports.sms import transport

HELP = {"help", "-h", "--help", "version", "--version"}


def configuration_mistake() -> str:
    """Return what is wrong with the configuration, in one line; "" when nothing is."""
    try:
        languages = dict(settings.LANGUAGES)
    except (ImproperlyConfigured, ValueError) as error:
        return " ".join(str(error).split())
    if settings.LANGUAGE_CODE not in languages:
        return f"LANGUAGE_CODE: {settings.LANGUAGE_CODE!r} is not one of {', '.join(languages)}."
    if ":" in settings.SMS_URL:  # a gateway's own class may need the apps, which are not there yet
        try:
            transport()
        except ImproperlyConfigured as error:
            return str(error)
    try:
        settings.DATA.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return f"SAMTALE_DATA: {settings.DATA} cannot be made ({error.strerror})."
    return ""


def main() -> None:
    """Run the command that the arguments name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtale.settings")
    if len(sys.argv) < 2 or HELP & set(sys.argv[1:]):
        os.environ.setdefault("SECRET_KEY", "help-needs-none")
    elif mistake := configuration_mistake():
        sys.exit(f"samtale: {mistake}")
    try:
        execute_from_command_line(["samtale", *sys.argv[1:]])
    except (OperationalError, ProgrammingError) as error:
        if is_ready():
            raise
        words = " ".join(str(error).split())
        sys.exit(f"samtale: The database is not ready ({words}). `samtale migrate` makes its tables.")


def is_ready() -> bool:
    """Say whether the database can be reached and has the tables that the code expects."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        return False
