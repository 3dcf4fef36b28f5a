"""What a file says about a gateway, checked as far as that can be done without calling it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from samtale.outbox.transports.sms.described.places import Place, Rule, rule, whole_place
from samtale.outbox.transports.sms.described.receipts import ReceiptRules, receipt_rules
from samtale.outbox.transports.sms.described.table import Table
from samtale.outbox.transports.sms.described.templates import OF_A_MESSAGE, Template, Templates

# A text has line breaks and letters that no header takes.
_OF_A_HEADER = tuple(name for name in OF_A_MESSAGE if name != "text")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding", "accept-encoding"})
_VISIBLE = re.compile(r"[\x20-\x7e]*")


@dataclass(frozen=True)
class AnswerRules:
    """How to read the gateway's answer. `accepted` and `refused` are about those with a good status."""

    id: Place | None
    error: Place | None
    accepted: Rule | None
    refused: Rule | None


@dataclass(frozen=True, kw_only=True)
class Description:
    """One gateway. `json` is a tree with templates at its ends; it or `form` is the body, or neither."""

    method: str
    base: str
    url: Template
    query: Mapping[str, Template]
    headers: Mapping[str, Template]
    json: Any
    form: Mapping[str, Template] | None
    log_in: tuple[str, str] | None
    answer: AnswerRules
    receipt: ReceiptRules | None
    secrets: frozenset[str]


def description(url: str) -> Description:
    """Read the file that `url` names, gateway:///path/to/file.toml, and the environment that it names.

    Raises:
        ImproperlyConfigured: something is wrong with the file. It says what and where.
    """
    parts = urlsplit(url)
    if parts.netloc or not parts.path.startswith("/") or parts.query:
        raise ImproperlyConfigured(
            "SMS_URL: gateway:///path/to/file.toml has three slashes and nothing after it."
        )
    file = Path(unquote(parts.path))
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ImproperlyConfigured(f"SMS_URL: {file}: {error.strerror}.") from None
    except ValueError as error:
        raise ImproperlyConfigured(f"SMS_URL: {file}: is no TOML in UTF-8: {error}.") from None
    return _read(Table(file, "", content), Templates(settings.FROM_ENVIRONMENT))


def _read(top: Table, templates: Templates) -> Description:
    method = top.one_of("method", ("POST", "PUT", "GET"), "POST")
    found = Description(
        method=method,
        base=_base(top),
        url=templates.read(top, "url", top.string("url")),
        query=templates.table(top.table("query")),
        headers=_headers(top.table("headers"), templates),
        json=templates.tree(top, "json", top.anything("json")) if "json" in top else top.anything("json"),
        form=templates.table(top.table("form")) if "form" in top else None,
        log_in=_log_in(top.table("auth"), templates) if "auth" in top else top.anything("auth"),
        answer=_answer_rules(top.table("answer")),
        receipt=receipt_rules(top.table("receipt")) if "receipt" in top else top.anything("receipt"),
        secrets=frozenset(templates.secrets),
    )
    top.anything("form")
    top.end()
    _fits_together(top, found, templates.names)
    return found


def _base(top: Table) -> str:
    url = top.string("url")
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        top.fault("url", "may hold no blanks.")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - it raises
    except ValueError as error:
        top.fault("url", f"is no address ({error}).")
    if parts.scheme not in ("http", "https") or not parts.hostname or "{" in parts.netloc:
        top.fault(
            "url", "must be a whole http or https address, with no placeholder in the name of the host."
        )
    if "@" in parts.netloc:
        top.fault("url", "may hold no password. Write it under auth.")
    return f"{parts.scheme}://{parts.netloc}"


def _headers(table: Table, templates: Templates) -> dict[str, Template]:
    headers = templates.table(table, allowed=_OF_A_HEADER)
    for name, template in headers.items():
        if not _HEADER.fullmatch(name):
            table.fault(name, "is no name of a header.")
        if name.lower() in _OURS:
            table.fault(name, "is set by Samtale.")
        if not all(_VISIBLE.fullmatch(piece.text) for piece in template.pieces):
            table.fault(name, "may hold neither line breaks nor letters outside ASCII.")
    return headers


def _log_in(table: Table, templates: Templates) -> tuple[str, str]:
    user, password = (
        templates.read(table, key, table.string(key), allowed=()).fill({}) for key in ("user", "password")
    )
    table.end()
    templates.secrets -= {user}  # it may be called like anything; it is hidden with the log-in
    templates.secrets |= {password}
    return user, password


def _answer_rules(table: Table) -> AnswerRules:
    rules = AnswerRules(
        id=whole_place(table, "id"),
        error=whole_place(table, "error"),
        accepted=rule(table, "accepted", needs_values=True),
        refused=rule(table, "refused", needs_values=False),
    )
    table.end()
    return rules


def _fits_together(top: Table, found: Description, names: set[str]) -> None:
    if found.json is not None and found.form is not None:
        top.fault("form", "a request has a body of json or of form, not both.")
    if found.method == "GET" and (found.json is not None or found.form is not None):
        top.fault("method", "a GET has no body. Write it under query.")
    body = "json" if found.json is not None else "query" if found.form is None else "form"
    for needed in ({"text"}, {"recipient", "recipient_digits"}):
        if not needed & names:
            top.fault(body, f"nothing in the request holds {{{min(needed, key=len)}}}.")
    asked = names & {"receipt_url", "receipt_token"}
    if asked and not found.receipt:
        top.fault("receipt", f"is missing, but the request holds {{{min(asked)}}}.")
    if found.receipt and (name := "receipt_token" if found.receipt.token else "receipt_url") not in names:
        top.fault("receipt", f"nothing in the request holds {{{name}}}, so no receipt would be ours.")
