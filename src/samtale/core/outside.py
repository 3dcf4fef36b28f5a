"""Asks servers whose address a user typed, without becoming a way into the network that Samtale stands in.

The host is looked up once, and connected to at the very address that was looked at, so that a name which
points elsewhere a moment later changes nothing. Addresses that do not belong to the public Internet are
refused, unless CALENDAR_ALLOWED_HOSTS names the host or its network. Redirections pass the same gate.
"""

import socket
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util.connection import create_connection

from samtale.core.exchange import Exchange, Watched, WatchedAdapter, exchange_within, watched_session

TOTAL_SECONDS = 30.0
CONNECT_SECONDS, READ_SECONDS = 5.0, 15.0
MOST_BYTES = 5 * 1024 * 1024
MOST_REDIRECTIONS = 3
_NAT64 = ip_network("64:ff9b::/96")
# What `ipaddress` calls global, and leads into one's own network or nowhere: site-local addresses, NAT64 by a
# prefix of one's own (RFC 8215), and IPv4 addresses in forms that are no longer used or only translated.
_INWARD = [ip_network(each) for each in ("fec0::/10", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")]
_REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
_WRITING = frozenset({"PUT", "DELETE"})


class OutsideError(Exception):
    """The server could not be asked."""


class NotAllowed(OutsideError):
    """The address is not one that Samtale goes to: of another kind, or in a private network."""


class Unreachable(OutsideError):
    """The server cannot be found or reached, or the connection broke."""


class TooSlow(OutsideError):
    """It took longer than it may."""


class TooLarge(OutsideError):
    """What came is larger than `MOST_BYTES`, or would be when unpacked."""


@dataclass(frozen=True)
class Answer:
    """What a server answered. `url` is where it was found after redirections."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


def is_public(address: str) -> bool:
    """Say whether an IP address belongs to the public Internet, and so does every one it stands for."""
    parsed = ip_address(address.partition("%")[0])
    if any(parsed in network for network in _INWARD if network.version == parsed.version):
        return False
    return all(each.is_global and not each.is_multicast for each in (parsed, *_inside(parsed)))


def is_allowed(host: str, address: str) -> bool:
    """Say whether Samtale may go to `host` at this IP address."""
    return is_public(address) or is_listed(host) or _is_in_listed_network(address)


def is_listed(host: str) -> bool:
    """Say whether the operator has named this host or IP address in CALENDAR_ALLOWED_HOSTS."""
    name = host.strip("[]").rstrip(".").lower()
    if name in {entry.rstrip(".").lower() for entry in settings.CALENDAR_ALLOWED_HOSTS}:
        return True
    try:
        return _is_in_listed_network(name)
    except ValueError:
        return False


def check_address(url: str) -> None:
    """Check what can be seen of an address without asking anybody.

    Raises:
        NotAllowed: it is not https (or, where the operator allows the host, http), has no host, carries
            a password, or names an IP address of a private network.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise NotAllowed from None
    if parts.scheme not in ("https", "http") or not host or parts.username is not None:
        raise NotAllowed
    if parts.scheme == "http" and not is_listed(host):
        raise NotAllowed
    try:
        is_fine = is_allowed(host, host)
    except ValueError:  # a name, which is looked up when it is asked
        return
    if not is_fine:
        raise NotAllowed


class Asker:
    """Asks one server after another over kept connections. Close it; not for several threads.

    `user` and `password`, if any, are only ever told to the host and port that they were meant for. A request
    may take `seconds`, or `TOTAL_SECONDS`.

    Raises:
        NotAllowed: `home` is not an address that Samtale goes to.
    """

    def __init__(
        self, *, home: str, user: str = "", password: str = "", seconds: float | None = None
    ) -> None:
        check_address(home)
        self._home = _origin(home)
        self._seconds = seconds
        # In bytes: `requests` would write them as Latin-1, which not every name is.
        self._log_in: Any = (user.encode(), password.encode()) if user or password else None
        self._session = watched_session(_GuardedAdapter)
        self._session.trust_env = False  # neither a proxy, which would look names up itself, nor ~/.netrc

    def __enter__(self) -> "Asker":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def ask(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """Return what the server answers, whatever its status, after at most `MOST_REDIRECTIONS`.

        Raises:
            NotAllowed, Unreachable, TooSlow, TooLarge: it could not be asked.
        """
        with exchange_within(TOTAL_SECONDS if self._seconds is None else self._seconds) as exchange:
            for _number in range(MOST_REDIRECTIONS + 1):
                check_address(url)
                answer = self._once(exchange, method, url, headers or {}, body)
                location = answer.headers.get("Location", "")
                if answer.status not in _REDIRECTIONS or not location:
                    return answer
                url = _redirected(method, url, location)
        raise Unreachable("too many redirections")

    def _once(
        self, exchange: Exchange, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        try:
            with self._session.request(
                method,
                url,
                data=body,
                headers={"User-Agent": "Samtale", "Accept-Encoding": "identity", **headers},
                auth=self._log_in if _origin(url) == self._home else None,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
                stream=True,
            ) as response:
                received = _received(response)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            if exchange.was_cut or isinstance(error, requests.Timeout):
                raise TooSlow from None
            if _is_refusal(error):
                raise NotAllowed from None
            # Its words may quote the address, which may be somebody's key.
            raise Unreachable(type(error).__name__) from None
        if exchange.was_cut:
            raise TooSlow
        return Answer(response.status_code, CaseInsensitiveDict(response.headers), received, url)


def _inside(address: IPv4Address | IPv6Address) -> Iterable[IPv4Address]:
    """Return the IPv4 addresses that an IPv6 address leads to."""
    if isinstance(address, IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in found if each is not None]


def _is_in_listed_network(address: str) -> bool:
    parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return any(parsed in ip_network(entry) for entry in settings.CALENDAR_ALLOWED_HOSTS if _is_network(entry))


def _is_network(entry: str) -> bool:
    try:
        ip_network(entry)
    except ValueError:
        return False
    return True


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _redirected(method: str, url: str, location: str) -> str:
    """Return where to ask instead: no other server where something is written, and never one in the clear."""
    try:
        target = urljoin(url, location)
        is_elsewhere = _origin(target) != _origin(url)
    except ValueError:
        raise NotAllowed from None
    if is_elsewhere and (urlsplit(target).scheme != "https" or method in _WRITING):
        raise NotAllowed
    return target


def _received(response: requests.Response) -> bytes:
    """Return the body, unpacked, stopping as soon as it is too large."""
    unpack = None
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding in ("gzip", "x-gzip", "deflate"):
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    elif coding not in ("", "identity"):
        raise HTTPError("packed in a way that was not asked for")
    received = bytearray()
    while packed := response.raw.read(64 * 1024, decode_content=False):
        room = MOST_BYTES + 1 - len(received)
        try:
            received += unpack.decompress(packed, room) if unpack else packed
        except zlib.error:
            raise HTTPError("wrongly packed") from None
        if len(received) > MOST_BYTES:
            raise TooLarge
    if unpack and not unpack.eof:
        raise HTTPError("cut short")
    return bytes(received)


class _RefusedError(OSError):
    """None of the host's addresses may be connected to."""


def _is_refusal(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, _RefusedError):
            return True
        reason = getattr(error, "reason", None)
        inner = next((each for each in error.args if isinstance(each, BaseException)), None)
        error = inner or (reason if isinstance(reason, BaseException) else None) or error.__cause__
    return False


class _Guarded(Watched):
    """Looks the host up, and connects to an address that was looked at, and to no other."""

    def _new_conn(self) -> socket.socket:
        connection: Any = self
        found = socket.getaddrinfo(connection._dns_host, connection.port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        allowed = [each for each in addresses if is_allowed(connection.host, each)]
        if not allowed:
            raise _RefusedError
        for address in allowed[:-1]:
            try:
                return self._connected(address)
            except OSError:
                continue
        return self._connected(allowed[-1])

    def _connected(self, address: str) -> socket.socket:
        connection: Any = self
        sock = create_connection(
            (address, connection.port), connection.timeout, socket_options=connection.socket_options
        )
        self._note(sock)
        return sock


class _Http(_Guarded, HTTPConnection):
    pass


class _Https(_Guarded, HTTPSConnection):
    pass


class _GuardedAdapter(WatchedAdapter):
    http, https = _Http, _Https
