"""Reads the addresses in the environment into the shapes that Django expects."""

import re
from importlib import resources
from ipaddress import ip_network
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# SQLite's own cache stays at its 2 MB: each thread that answers pages fills one and never gives it back. With
# 20 MB for each, a web process took 70 MB more and pages came no sooner, for the operating system keeps the
# file in memory anyway.
_SQLITE_SETUP = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;PRAGMA foreign_keys=ON;"
)
# A server that vanishes without a word (a cut cable, a machine that is gone) is given up after some seconds;
# left to itself, the operating system would let a page or a worker wait for a quarter of an hour.
_POSTGRES_CONNECTION = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 10_000,
}


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at `url`.

    SQLite gets what several processes writing to one file need: a write-ahead
    log, a wait of 20 seconds for the lock, and transactions that take the lock
    when they begin, so that two of them never deadlock halfway.
    PostgreSQL gets a pool of connections per process, each looked at before it is used and given up when
    its server has vanished.

    Raises:
        ImproperlyConfigured: the address is neither SQLite's nor PostgreSQL's.
    """
    scheme = url.partition(":")[0]
    if scheme not in ("sqlite", "postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL: {error}") from error
    options = settings.setdefault("OPTIONS", {})
    if settings["ENGINE"].endswith("sqlite3"):
        options |= {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _SQLITE_SETUP}
        # Opening the file and setting it up costs more than a page's queries do.
        settings["CONN_MAX_AGE"] = None
    elif settings["ENGINE"].endswith("postgresql"):
        # A page says that the database is away rather than let its reader wait for it.
        # Left to itself, the pool would try again after ever longer pauses, and a database that is back after
        # some minutes would stay away for as many more; so it gives up soon, and tries when next asked.
        options |= {"pool": {"min_size": 1, "max_size": 10, "timeout": 3, "reconnect_timeout": 1}}
        for name, value in _POSTGRES_CONNECTION.items():
            options.setdefault(name, value)
        # After a restart of the server the pool holds connections that are none.
        settings["CONN_HEALTH_CHECKS"] = True
    return settings


def time_zone(name: str) -> str:
    """Return `name` if it is an IANA time zone.

    Raises:
        ImproperlyConfigured: it is not.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImproperlyConfigured(f"TIME_ZONE: {name!r} is not a time zone such as Europe/Oslo.") from error
    return name


def calendar_hosts(entries: list[str]) -> list[str]:
    """Return `entries`, each a host name, an IP address, or a network such as 10.0.0.0/8.

    Raises:
        ImproperlyConfigured: one is something else, such as a whole address.
    """
    for entry in entries:
        try:
            ip_network(entry)
        except ValueError:
            if not re.fullmatch(r"[\w-]+(\.[\w-]+)*\.?", entry) or re.fullmatch(r"[\d.]+", entry):
                raise ImproperlyConfigured(
                    f"CALENDAR_ALLOWED_HOSTS: {entry!r} is neither a host nor a network such as 10.0.0.0/8."
                ) from None
    return entries


def email(url: str, *, timeout: int = 30) -> dict[str, Any]:
    """Return Django's EMAIL_* settings for `url`.

    Understands `smtp://` (STARTTLS with `?tls=true`), `smtps://`, `file:///dir`, `console:`,
    `anymail://provider?setting=value` and `backend:package.module.Class`. A provider may take `timeout`
    seconds to answer.

    Raises:
        ImproperlyConfigured: the scheme is none of these, or there is no such provider.
    """
    parts = urlsplit(url)
    if parts.scheme == "anymail":
        return _provider(parts.netloc, parts.query, timeout)
    if parts.scheme == "backend":
        if not re.fullmatch(r"\w+(\.\w+)+", parts.path):
            raise ImproperlyConfigured("EMAIL_URL: backend: is followed by package.module.Class.")
        return {"EMAIL_BACKEND": parts.path}
    backend = "django.core.mail.backends"
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{backend}.console.EmailBackend"}
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "samtale.outbox.transports.email.files.EmailBackend",
            "EMAIL_FILE_PATH": "/" + parts.path.lstrip("/"),
        }
    if parts.scheme in ("smtp", "smtps"):
        return {
            "EMAIL_BACKEND": "samtale.outbox.transports.email.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname or "localhost",
            "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": parts.scheme == "smtp" and "tls=true" in parts.query,
        }
    raise ImproperlyConfigured(
        f"EMAIL_URL: {parts.scheme or url!r} is not smtp, smtps, file, console, anymail or backend."
    )


def _provider(name: str, query: str, timeout: int) -> dict[str, Any]:
    """Return the settings for one of django-anymail's providers. Never quote the query: it holds keys."""
    names = {each.name.removesuffix(".py") for each in resources.files("anymail.backends").iterdir()}
    names = {each for each in names if not each.startswith(("_", "base"))} - {"console", "test", "sendinblue"}
    if name not in names:
        raise ImproperlyConfigured(f"EMAIL_URL: anymail://{name} is none of {', '.join(sorted(names))}.")
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    # Not parse_qs, which would make spaces of the plus signs in a key.
    given = {key.upper(): unquote(value) for key, _, value in pairs}
    if not all(given.values()):
        raise ImproperlyConfigured(f"EMAIL_URL: a setting of anymail://{name} has no value.")
    common: dict[str, Any] = {"REQUESTS_TIMEOUT": timeout}
    if secret := given.pop("WEBHOOK_SECRET", ""):
        common |= {"WEBHOOK_SECRET": secret}
    own = {f"{name.upper()}_{key}": value for key, value in given.items()}
    return {"EMAIL_BACKEND": f"anymail.backends.{name}.EmailBackend", "ANYMAIL": common | own}
