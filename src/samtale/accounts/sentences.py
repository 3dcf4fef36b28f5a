"""How the acts in this app read to a person."""

from django.utils.translation import gettext as _

from samtale.core.audit import describe

describe("user.created", lambda data: _("User created"))
describe("user.updated", lambda data: _("User changed"))
describe("user.rights_set", lambda data: _("User's rights changed"))
describe("user.activated", lambda data: _("User may log in"))
describe("user.deactivated", lambda data: _("User may no longer log in"))
describe("department.created", lambda data: _("Department “{name}” created").format(**data))
describe("department.updated", lambda data: _("Department “{name}” changed").format(**data))
describe("department.deleted", lambda data: _("Department “{name}” deleted").format(**data))
describe("organisation.updated", lambda data: _("Organisation changed"))
