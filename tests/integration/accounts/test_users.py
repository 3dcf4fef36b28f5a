"""People: the verbs, and that somebody can always administer (spec 9)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from samtale.accounts.domain.users import (
    EmailTaken,
    LastAdministrator,
    Rights,
    activate_user,
    create_user,
    deactivate_user,
    set_rights,
    update_user,
)
from samtale.accounts.models import User
from samtale.core import audit
from samtale.outbox.models import Message
from tests.factories.accounts import make_administrator, make_department, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def create(by: Any, **fields: Any) -> Any:
    fields = {"email": " Per.Vik@Example.org ", "first_name": "Per", "last_name": "Vik"} | fields
    return create_user(by=by, now=NOW, **fields)


def test_a_new_user_has_the_given_rights_and_no_password() -> None:
    department = make_department()
    user = create(make_administrator(), rights=Rights(may_send_sms=True, administers=[department]))
    user = User.objects.get(pk=user.pk)
    assert user.email == "per.vik@example.org"
    assert user.may_send_sms
    assert list(user.administers.all()) == [department]
    assert not user.has_usable_password()
    assert [row.verb for row in audit.history(user)] == ["user.created", "user.welcomed"]


def test_a_new_user_is_sent_a_link_to_choose_a_password() -> None:
    user = create(make_administrator())
    message = Message.objects.get()
    assert (message.kind, message.recipient_address) == ("account.welcome", user.email)
    assert message.subject == "Velkommen til Samtale i Samtale"


def test_a_user_with_a_password_is_sent_nothing() -> None:
    create(make_administrator(), password="correct horse")
    assert not Message.objects.exists()


def test_an_address_belongs_to_one_user_whatever_its_case() -> None:
    administrator = make_administrator()
    create(administrator)
    with pytest.raises(EmailTaken):
        create(administrator, email="PER.VIK@example.org")
    with pytest.raises(EmailTaken):
        update_user(user=administrator, email="Per.Vik@example.org", by=administrator, now=NOW)


def test_only_what_changed_is_written_down() -> None:
    user = make_user(first_name="Kari")
    update_user(user=user, first_name="Karin", language="nb", by=user, now=NOW)
    update_user(user=user, first_name="Karin", by=user, now=NOW)
    assert [row.data for row in audit.history(user)] == [{"fields": ["first_name"]}]


def test_rights_are_not_personal_details() -> None:
    user = make_user()
    with pytest.raises(TypeError):
        update_user(user=user, is_administrator=True, by=user, now=NOW)


def test_the_last_administrator_cannot_be_removed() -> None:
    administrator = make_administrator()
    make_administrator(is_active=False)
    make_user()
    with pytest.raises(LastAdministrator):
        deactivate_user(user=administrator, by=administrator, now=NOW)
    with pytest.raises(LastAdministrator):
        set_rights(user=administrator, rights=Rights(), by=administrator, now=NOW)
    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.is_administrator
    assert not audit.history(administrator)


def test_one_of_two_administrators_can() -> None:
    first, second = make_administrator(), make_administrator()
    deactivate_user(user=first, by=second, now=NOW)
    with pytest.raises(LastAdministrator):
        set_rights(user=second, rights=Rights(), by=second, now=NOW)
    activate_user(user=first, by=second, now=NOW)
    set_rights(user=second, rights=Rights(), by=second, now=NOW)
    assert not User.objects.get(pk=second.pk).is_administrator


def test_others_can_be_removed_beside_the_last_administrator() -> None:
    administrator, user = make_administrator(), make_user()
    deactivate_user(user=user, by=administrator, now=NOW)
    assert not User.objects.get(pk=user.pk).is_active
