"""Time zones as people look for them: by part of the world, and by a place whose name they know."""

from collections.abc import Collection, Iterable
from functools import cache

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from samtale.core.text import sort_key

# One zone for every clock that people live by, under the names the IANA gives them.
_NORDIC = """
    Europe/Oslo Europe/Stockholm Europe/Copenhagen Europe/Helsinki Atlantic/Reykjavik Atlantic/Faroe
    America/Nuuk Antarctica/Troll
"""
_EUROPE = """
    Europe/London Europe/Dublin Europe/Lisbon Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome
    Europe/Amsterdam Europe/Brussels Europe/Zurich Europe/Vienna Europe/Prague Europe/Warsaw
    Europe/Budapest Europe/Belgrade Europe/Zagreb Europe/Sarajevo Europe/Athens Europe/Sofia
    Europe/Bucharest Europe/Chisinau Europe/Kyiv Europe/Tallinn Europe/Riga Europe/Vilnius Europe/Minsk
    Europe/Moscow Europe/Samara Europe/Istanbul Europe/Malta Asia/Nicosia Atlantic/Azores
    Atlantic/Canary
"""
_AFRICA = """
    Africa/Cairo Africa/Johannesburg Africa/Nairobi Africa/Addis_Ababa Africa/Mogadishu Africa/Asmara
    Africa/Khartoum Africa/Kampala Africa/Kinshasa Africa/Lagos Africa/Accra Africa/Dakar Africa/Tunis
    Africa/Algiers Africa/Casablanca Africa/Tripoli Africa/Harare Africa/Windhoek Atlantic/Cape_Verde
    Indian/Mauritius
"""
_AMERICA = """
    America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles
    America/Anchorage America/Adak Pacific/Honolulu America/Toronto America/Vancouver America/Winnipeg
    America/Regina America/Halifax America/Miquelon America/St_Johns America/Mexico_City America/Tijuana
    America/Cancun America/Havana America/Panama America/Guatemala America/Santo_Domingo
    America/Puerto_Rico America/Bogota America/Lima America/Caracas America/La_Paz America/Manaus
    America/Sao_Paulo America/Noronha America/Asuncion America/Montevideo America/Argentina/Buenos_Aires
    America/Santiago America/Punta_Arenas
"""
_ASIA = """
    Asia/Jerusalem Asia/Beirut Asia/Amman Asia/Damascus Asia/Baghdad Asia/Riyadh Asia/Dubai Asia/Tehran
    Asia/Tbilisi Asia/Yerevan Asia/Baku Asia/Kabul Asia/Karachi Asia/Tashkent Asia/Almaty
    Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk Asia/Krasnoyarsk Asia/Irkutsk Asia/Yakutsk
    Asia/Vladivostok Asia/Kolkata Asia/Colombo Asia/Kathmandu Asia/Dhaka Asia/Yangon Asia/Bangkok
    Asia/Ho_Chi_Minh Asia/Jakarta Asia/Singapore Asia/Kuala_Lumpur Asia/Manila Asia/Hong_Kong
    Asia/Shanghai Asia/Taipei Asia/Seoul Asia/Tokyo Asia/Ulaanbaatar Asia/Gaza
"""
_PACIFIC = """
    Australia/Perth Australia/Darwin Australia/Adelaide Australia/Brisbane Australia/Sydney
    Australia/Lord_Howe Pacific/Auckland Pacific/Chatham Pacific/Fiji Pacific/Tongatapu Pacific/Apia
    Pacific/Port_Moresby Pacific/Guam Pacific/Noumea Pacific/Tahiti Pacific/Easter Australia/Eucla
    Pacific/Norfolk Pacific/Pago_Pago Pacific/Kiritimati Pacific/Marquesas Pacific/Gambier
    Pacific/Pitcairn
"""
_WORLD: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("The Nordic countries"), tuple(_NORDIC.split())),
    (gettext_lazy("Europe"), tuple(_EUROPE.split())),
    (gettext_lazy("Africa"), tuple(_AFRICA.split())),
    (gettext_lazy("America"), tuple(_AMERICA.split())),
    (gettext_lazy("Asia"), tuple(_ASIA.split())),
    (gettext_lazy("Australia and the Pacific"), tuple(_PACIFIC.split())),
)
# Places that the IANA's names do not spell as people do.
_SPELT = {
    "America/St_Johns": gettext_noop("St. John's"),
    "Asia/Ho_Chi_Minh": gettext_noop("Ho Chi Minh City"),
    "Atlantic/Azores": gettext_noop("Azores"),
    "Atlantic/Canary": gettext_noop("Canary Islands"),
    "Atlantic/Cape_Verde": gettext_noop("Cape Verde"),
    "Atlantic/Faroe": gettext_noop("Faroe Islands"),
    "Pacific/Easter": gettext_noop("Easter Island"),
}
# The rest are spelt as in English; these have other names in Norwegian or Swedish.
_TRANSLATED = (
    gettext_noop("Addis Ababa"),
    gettext_noop("Algiers"),
    gettext_noop("Athens"),
    gettext_noop("Baghdad"),
    gettext_noop("Belgrade"),
    gettext_noop("Brussels"),
    gettext_noop("Bucharest"),
    gettext_noop("Cairo"),
    gettext_noop("Copenhagen"),
    gettext_noop("Damascus"),
    gettext_noop("Havana"),
    gettext_noop("Helsinki"),
    gettext_noop("Kathmandu"),
    gettext_noop("Lisbon"),
    gettext_noop("Mexico City"),
    gettext_noop("Moscow"),
    gettext_noop("Nicosia"),
    gettext_noop("Prague"),
    gettext_noop("Riyadh"),
    gettext_noop("Rome"),
    gettext_noop("Tashkent"),
    gettext_noop("Tehran"),
    gettext_noop("Ulaanbaatar"),
    gettext_noop("Vienna"),
    gettext_noop("Warsaw"),
    gettext_noop("Yakutsk"),
    gettext_noop("Yekaterinburg"),
    gettext_noop("Yerevan"),
    gettext_noop("Zurich"),
)

Choices = list[tuple[str, list[tuple[str, str]]]]


def offered_zones(*also: str) -> Choices:
    """Return the zones to choose from by part of the world, what lies nearest first, each by its IANA name
    and its place in the active language. `also` are names that must be among them: the present one."""
    found = _world_in(translation.get_language() or "")
    missing = [key for key in dict.fromkeys(also) if key and key not in _NAMES]
    return [*found, *([(_("Other"), _sorted(missing))] if missing else [])]


@cache
def _world_in(language: str) -> Choices:
    """Return all zones in `language`, looked up and sorted once: every visit to the candidate's page asks."""
    with translation.override(language):
        return [(str(part), _sorted(keys)) for part, keys in _WORLD]


def place_in_words(key: str) -> str:
    """Return the place that a zone is called after, in the active language."""
    return _(_SPELT.get(key) or key.rpartition("/")[2].replace("_", " "))


def every_offered_name() -> Collection[str]:
    """Return the IANA names of all zones that are offered."""
    return _NAMES


def _sorted(keys: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(((key, place_in_words(key)) for key in keys), key=lambda pair: sort_key(pair[1]))


_NAMES = frozenset(key for _part, keys in _WORLD for key in keys)
