"""`samtale createadmin`, in the installation's language."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from samtale.accounts.models import User

pytestmark = pytest.mark.django_db
ADA = {
    "email": "ada@example.org",
    "first_name": "Ada",
    "last_name": "Vik",
    "password": "et-langt-hemmelig-ord",
}


def test_it_makes_an_administrator_and_says_so() -> None:
    said = StringIO()
    call_command("createadmin", stdout=said, **ADA)
    assert User.objects.get().is_administrator
    assert said.getvalue() == "ada@example.org kan nå logge inn som administrator.\n"


def test_what_is_wrong_is_said_in_the_same_language() -> None:
    call_command("createadmin", stdout=StringIO(), **ADA)
    with pytest.raises(CommandError, match="Det finnes allerede en bruker med adressen ada@"):
        call_command("createadmin", **ADA)
    with pytest.raises(CommandError, match="Passordet er for kort"):
        call_command("createadmin", **ADA | {"email": "bo@example.org", "password": "kort"})
    assert User.objects.count() == 1
