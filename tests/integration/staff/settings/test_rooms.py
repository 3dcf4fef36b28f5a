"""The register of rooms: administrators keep all of it, department administrators their departments' part."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samtale.core.models import AuditEntry
from samtale.interviews.models import Room
from tests.factories.accounts import make_department, make_user
from tests.integration.staff.settings.pages import errors, text

pytestmark = pytest.mark.django_db
FOUR_B = {"name": "4B", "address": "Rådhuset", "capacity": "8", "department": ""}


def test_a_room_is_added_changed_and_taken_out_of_use(client: Client) -> None:
    client.post(reverse("staff:room-new"), FOUR_B)
    room = Room.objects.get()
    assert (room.place, room.capacity, room.department, room.is_active) == ("Rådhuset, 4B", 8, None, True)
    department = make_department()
    client.post(
        reverse("staff:room-edit", args=[room.pk]),
        {"name": "4C", "capacity": "", "department": department.pk},
    )
    room.refresh_from_db()
    assert (room.name, room.capacity, room.department, room.is_active) == ("4C", None, department, False)
    assert "4C – – Department" in text(client.get(reverse("staff:rooms")))
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "room.created",
        "room.updated",
    ]


@pytest.mark.parametrize(("field", "value"), [("name", "\u200b"), ("capacity", "0"), ("department", "x")])
def test_what_cannot_be_is_said_beside_its_field(client: Client, field: str, value: str) -> None:
    response = client.post(reverse("staff:room-new"), FOUR_B | {field: value})
    assert response.status_code == 422
    assert list(errors(response)) == [field]
    assert 'value="Rådhuset"' in response.content.decode()


def test_two_rooms_of_a_department_have_two_names(client: Client) -> None:
    Room.objects.create(name="4B", department=make_department())
    client.post(reverse("staff:room-new"), FOUR_B)
    response = client.post(reverse("staff:room-new"), FOUR_B | {"name": " 4b "})
    assert errors(response) == {"name": ["There is a room with this name already."]}
    assert Room.objects.count() == 2


def test_a_department_administrator_keeps_its_rooms_and_looks_at_the_shared_ones() -> None:
    own, other = make_department(), make_department()
    mine, shared, theirs = (
        Room.objects.create(name=name, department=department)
        for name, department in (("Min", own), ("Felles", None), ("Andres", other))
    )
    client = Client()
    client.force_login(make_user(administers=(own,), language="en"))
    assert reverse("staff:rooms") in client.get(reverse("staff:profile")).content.decode()
    listed = text(client.get(reverse("staff:rooms")))
    assert "Min" in listed and "Felles" in listed and "Andres" not in listed
    address = {room: reverse("staff:room-edit", args=[room.pk]) for room in (mine, shared, theirs)}
    page = client.get(reverse("staff:rooms")).content.decode()
    assert address[mine] in page and address[shared] not in page
    posted = {"name": "Ny", "department": own.pk, "is_active": "on"}
    assert [client.post(address[room], posted).status_code for room in (mine, shared, theirs)] == [
        302,
        403,
        404,
    ]
    # Neither given away nor shared.
    for department in (other.pk, ""):
        response = client.post(address[mine], posted | {"department": department})
        assert list(errors(response)) == ["department"]
    assert set(Room.objects.values_list("name", "department")) == {
        ("Ny", own.pk),
        ("Felles", None),
        ("Andres", other.pk),
    }


def test_the_list_asks_as_often_for_many_rooms_as_for_one(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("staff:rooms"))
        return len(asked)

    Room.objects.create(name="1", department=make_department())
    queries()  # the first visit also begins the session
    first = queries()
    Room.objects.bulk_create(
        [Room(name=str(number), department=make_department()) for number in range(2, 30)]
    )
    assert queries() == first
