"""`samtale createadmin`: makes the first administrator of an installation, or another."""

import os
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtale.accounts.domain.users import EmailTaken, Rights, create_user
from samtale.accounts.models import User
from samtale.core import clock

ADMINISTRATOR = Rights(
    is_administrator=True,
    may_send_sms=True,
    may_offer=True,
    may_delete=True,
    may_export=True,
    may_see_other_applications=True,
    may_overbook=True,
)
QUESTIONS = {
    "email": gettext_lazy("E-mail"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "password": gettext_lazy("Password"),
}


class Command(BaseCommand):
    help = (
        "Creates an administrator. What is not given as an option or in the environment "
        "(SAMTALE_ADMIN_EMAIL, _FIRST_NAME, _LAST_NAME, _PASSWORD) is asked for."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in QUESTIONS:
            default = os.environ.get(f"SAMTALE_ADMIN_{name.upper()}")
            words = name.replace("_", " ")
            parser.add_argument(f"--{name.replace('_', '-')}", default=default, help=f"the {words}")

    def handle(self, **options: Any) -> None:
        answers = {name: options[name] or ask(name) for name in QUESTIONS}
        try:
            check(**answers)
            create_user(by="createadmin", now=clock.now(), rights=ADMINISTRATOR, **answers)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except EmailTaken as error:
            raise CommandError(_("There is already a user with the address %(email)s.") % answers) from error
        self.stdout.write(_("%(email)s may now log in as an administrator.") % answers)


def ask(name: str) -> str:
    """Ask on the terminal. Raises CommandError where there is none."""
    prompt = f"{QUESTIONS[name]}: "
    try:
        return getpass(prompt) if name == "password" else input(prompt)
    except EOFError as error:
        option = {"option": f"--{name.replace('_', '-')}"}
        raise CommandError(_("Give %(option)s, or run this in a terminal.") % option) from error


def check(*, email: str, first_name: str, last_name: str, password: str) -> None:
    """Raise ValidationError unless the answers make a valid user with a good enough password."""
    user = User(email=email, first_name=first_name, last_name=last_name)
    user.clean_fields(exclude=["password"])
    validate_password(password, user)
