"""Which language a candidate reads: the one chosen in the address, else their own.

The choice travels in the address, so that these pages set no cookie. Where there is a form it is chosen
by a button, which sends along what has been typed.
"""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest

PARAMETER = "lang"


def asked_for(request: HttpRequest) -> str:
    """Return the language named in the address, or "" when none or an unknown one is."""
    return _known(request.GET.get(PARAMETER, ""))


def sent(request: HttpRequest) -> str:
    """Return the language whose button was pressed, or "" when none was. Reads the body."""
    return _known(request.POST.get(PARAMETER, ""))


def others(current: str) -> list[tuple[str, str]]:
    """Return code and own name of every language except `current`."""
    return [(code, name) for code, name in _names().items() if code != current]


def _known(code: str) -> str:
    return code if code in _names() else ""


def _names() -> Mapping[str, str]:
    return dict(settings.LANGUAGES)
