from samtale.accounts.models.department import Department
from samtale.accounts.models.organisation import Organisation
from samtale.accounts.models.user import User

__all__ = ["Department", "Organisation", "User"]
