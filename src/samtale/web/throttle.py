"""Slows down whoever does something over and over without having logged in."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

_IPV6_SITE = 64


@dataclass(frozen=True)
class Limit:
    """How often one and the same may do something within a window of so many seconds."""

    name: str
    most: int
    window: int

    def wait(self, who: object, *, now: datetime) -> int:
        """Return how many seconds `who` has to wait: 0 for "go on"."""
        return self._remaining(now) if self._count(who, now) >= self.most else 0

    def take(self, who: object, *, now: datetime) -> int:
        """Count one, and return how many seconds `who` has to wait: 0 for "go on".

        Once the limit is reached nothing more is written, so a flood costs one read each.
        """
        count = self._count(who, now)
        if count >= self.most:
            return self._remaining(now)
        cache.set(self._key(who, now), count + 1, self.window)
        return 0

    def _count(self, who: object, now: datetime) -> int:
        count: int = cache.get(self._key(who, now), 0)
        return count

    def _key(self, who: object, now: datetime) -> str:
        return f"{self.name}:{who}:{int(now.timestamp()) // self.window}"

    def _remaining(self, now: datetime) -> int:
        return self.window - int(now.timestamp()) % self.window


def client_address(request: HttpRequest) -> str:
    """Return the address that counts as one client: an IPv4 address or an IPv6 site (/64).

    Only the last entry of X-Forwarded-For is written by our own proxy; the others are the
    client's to invent. Without a proxy the whole header is.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, _IPV6_SITE), strict=False))
    return str(parsed)
