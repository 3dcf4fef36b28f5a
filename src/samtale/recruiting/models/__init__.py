from samtale.recruiting.models.application import Application
from samtale.recruiting.models.candidate import Candidate
from samtale.recruiting.models.correspondence import Correspondence
from samtale.recruiting.models.document import Document
from samtale.recruiting.models.import_draft import ImportDraft
from samtale.recruiting.models.note import Note
from samtale.recruiting.models.project import Project, ProjectAccess
from samtale.recruiting.models.rejection import Rejection, RejectionDispatch

__all__ = [
    "Application",
    "Candidate",
    "Correspondence",
    "Document",
    "ImportDraft",
    "Note",
    "Project",
    "ProjectAccess",
    "Rejection",
    "RejectionDispatch",
]
