"""How the acts in this app read to a person."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samtale.accounts.places import place_in_words
from samtale.core.audit import describe
from samtale.recruiting.models import Application, ProjectAccess
from samtale.recruiting.models.rejection import RejectionReason, RejectionType


def _status_set(data: Mapping[str, Any]) -> str:
    old, new = Application.Status(data["old"]).label, Application.Status(data["new"]).label
    sentence = _("Status changed from “{old}” to “{new}”").format(old=old, new=new)
    return f"{sentence}. {data['reason']}" if data.get("reason") else sentence


def _rejected(data: Mapping[str, Any]) -> str:
    sentence = _("Rejection: {type}. Reason: {reason}").format(
        type=RejectionType(data["type"]).label, reason=RejectionReason(data["why"]).label
    )
    told = _("By e-mail") if data["is_told"] else _("No e-mail")
    return ". ".join(filter(None, [sentence, data.get("reason", ""), told]))


def _document_added(data: Mapping[str, Any]) -> str:
    return _("Document “{name}” added").format(name=data["name"]) if data["name"] else _("Document added")


def _access_set(data: Mapping[str, Any]) -> str:
    level = ProjectAccess.Level(data["level"]).label
    return _("Access for {name}: {level}").format(name=data["name"], level=level)


def _imported(data: Mapping[str, Any]) -> str:
    if not data["filename"]:
        return _("{imported} applicants imported from a file").format(**data)
    return _("{imported} applicants imported from the file “{filename}”").format(**data)


def _application_imported(data: Mapping[str, Any]) -> str:
    text = _("Imported from the file “{filename}”") if data["filename"] else _("Imported from a file")
    return text.format(**data)


def _time_zone_chosen(data: Mapping[str, Any]) -> str:
    if not data.get("chosen_zone"):
        return _("Reads the time of the place alone")
    return _("Reads the time in {place} as well").format(place=place_in_words(data["chosen_zone"]))


describe("project.created", lambda data: _("Project created"))
describe("project.updated", lambda data: _("Project changed"))
describe("project.completed", lambda data: _("Project completed"))
describe("project.reopened", lambda data: _("Project reopened"))
describe("project.access_set", _access_set)
describe("project.imported", _imported)
describe("project.exported", lambda data: _("{exported} applicants exported").format(**data))
describe("application.added", lambda data: _("Application registered"))
describe("application.imported", _application_imported)
describe("application.status_set", _status_set)
describe("application.rejected", _rejected)
describe("application.note_added", lambda data: _("Note added"))
describe("application.document_added", _document_added)
describe("application.texts_updated", lambda data: _("Application letter or CV changed"))
describe("candidate.anonymised", lambda data: _("Anonymised"))
describe("candidate.updated", lambda data: _("Personal details changed"))
describe("candidate.time_zone_chosen", _time_zone_chosen)
