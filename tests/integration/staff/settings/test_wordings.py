from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samtale.outbox import kinds
from samtale.outbox.domain.wording import wording_for
from samtale.outbox.models import MessageTemplate
from tests.factories.accounts import make_department
from tests.integration.staff.settings.pages import errors, text

KIND = "invitation.interview_1"
WORDS = {
    "subject": "Intervju: {vacancy}",
    "content": "Hei {first-name}\r\n\r\n{confirmlink}",
    "signature": "Hilsen {sender-name}",
    "reminder": "both",
    "reminder_days": "3",
    "reminder_subject": "Husk {interviewdate}",
    "reminder_content": "Vi ses {interviewtime}",
    "reminder_signature": "",
    "reminder_sms": "Intervju {interviewdate} {interviewtime}",
}


def address(
    name: str = "template-edit", language: str = "nb", department: int | None = None, kind: str = KIND
) -> str:
    query = f"?department={department}" if department else ""
    return reverse(f"staff:{name}", args=[kind, language]) + query


def test_every_kind_is_listed_with_its_languages(client: Client) -> None:
    page = text(client.get(reverse("staff:templates")))
    for kind in kinds.all_kinds():
        assert (str(kind.label) in page) == kind.is_template
    assert client.get(address(language="sv")).status_code == 200


@pytest.mark.parametrize("kind", [kind.slug for kind in kinds.all_kinds() if kind.is_template])
def test_what_is_shipped_can_be_saved_as_it_is(client: Client, kind: str) -> None:
    for language in kinds.get(kind).defaults:
        form = client.get(address(kind=kind, language=language)).context["form"]
        typed = {field.name: field.value() for field in form if field.value() is not None}
        assert client.post(address(kind=kind, language=language), typed).status_code == 302
        shipped, own = kinds.get(kind).shipped(language), wording_for(kind, language=language)
        assert (own.subject, own.content, own.signature) == (
            shipped.subject,
            shipped.content,
            shipped.signature,
        )
        assert own.defaults == shipped.defaults


def test_an_own_wording_is_used_with_its_reminder(client: Client) -> None:
    client.post(address(), WORDS)
    wording = wording_for(KIND, language="nb")
    assert wording.content == "Hei {first-name}\n\n{confirmlink}"
    assert (wording.defaults["reminder"], wording.defaults["reminder_days"]) == ("both", 3)
    assert wording.defaults["reminder_sms"] == WORDS["reminder_sms"]
    assert wording_for(KIND, language="en") == kinds.get(KIND).shipped("en")


def test_a_department_has_its_own_and_goes_back_to_the_organisations(client: Client) -> None:
    department = make_department()
    client.post(address(), WORDS)
    client.post(address(department=department.pk), WORDS | {"subject": "Vår egen"})
    assert wording_for(KIND, language="nb").subject == "Intervju: {vacancy}"
    assert wording_for(KIND, language="nb", department=department).subject == "Vår egen"
    assert "The department's own" in text(
        client.get(reverse("staff:templates"), {"department": department.pk})
    )

    assert "Back to the organisation's wording" in text(client.get(address(department=department.pk)))
    asked = text(client.post(address("template-reset", department=department.pk)))
    assert "The department's own wording of this letter is deleted" in asked
    assert wording_for(KIND, language="nb", department=department).subject == "Vår egen"
    client.post(address("template-reset", department=department.pk), {"confirmed": "1"})
    assert wording_for(KIND, language="nb", department=department).subject == "Intervju: {vacancy}"


def test_back_to_the_shipped_wording(client: Client) -> None:
    client.post(address(), WORDS)
    assert "Put the wording back?" in text(client.post(address("template-reset")))
    assert MessageTemplate.objects.exists()
    client.post(address("template-reset"), {"confirmed": "1"})
    assert not MessageTemplate.objects.exists()
    assert "Back to the shipped wording" not in text(client.get(address()))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("content", "Hei {fornavn}", "The tag {fornavn} does not exist in this kind of message."),
        ("signature", "{company} {nobody}", "The tag {nobody} does not exist in this kind of message."),
        ("subject", "Svar: {confirmlink}", "The tag {confirmlink} does not exist in this kind of message."),
        ("reminder_sms", "{sted}", "The tag {sted} does not exist in this kind of message."),
        ("reminder_content", "", "Write something here, or choose not to send it."),
        ("content", "", "This field is required."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    client: Client, field: str, value: str, says: str
) -> None:
    response = client.post(address(), WORDS | {field: value, "reminder_signature": "typed by me"})
    assert response.status_code == 422
    assert errors(response) == {field: [says]}
    assert "typed by me" in response.content.decode()
    assert not MessageTemplate.objects.exists()


def test_a_tag_that_the_kind_needs_must_be_there(client: Client) -> None:
    kind = next(kind for kind in kinds.all_kinds() if kind.required and kind.is_template)
    (tag,) = kind.required
    typed: dict[str, Any] = {"subject": "x", "content": "x", "signature": ""}
    response = client.post(address(kind=kind.slug), typed)
    assert errors(response) == {"content": [f"The tag {{{tag}}} must be there."]}


@pytest.mark.parametrize(("kind", "language"), [("no.kind", "nb"), (KIND, "xx"), ("reminder.sms", "nb")])
def test_there_is_nothing_else_to_edit(client: Client, kind: str, language: str) -> None:
    assert client.get(address(kind=kind, language=language)).status_code == 404


@pytest.mark.parametrize("department", [999, "x"])
def test_a_department_that_does_not_exist_is_not_found(client: Client, department: Any) -> None:
    assert client.get(address(department=department)).status_code == 404
