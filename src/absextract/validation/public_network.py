"""What of the network strangers' URLs may reach: public hosts on the standard ports, and nothing behind them.

Imported where links are checked, and nowhere else: it loads the HTTP client.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpcore2
import httpx2

from ..patterns import regex

__all__ = ["PublicNetwork", "UnreachableError", "is_public", "public_target", "resolve"]

_MAX_ADDRESSES = 4  # of one host, tried in turn
_PORTS = frozenset({80, 443})

# Every label a name, the last no number: `2130706433`, `0x7f.1` and `127.1` are addresses in disguise.
_HOST = regex(r"(?=.{4,253}$)(?:[a-z0-9_-]{1,63}\.)+([a-z][a-z0-9-]{0,62})")
_LOCAL = regex(r"arpa|corp|home|internal|intranet|invalid|lan|local|localdomain|localhost|onion|private|test")

_GLOBAL_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
# Tunnels into IPv4, protocol assignments, documentation: global to Python, or to some versions of it.
_SPECIAL = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20")))


class UnreachableError(Exception):
    """Why a URL was not asked, or led nowhere; the text is the reason for a person."""


def public_target(url: httpx2.URL) -> httpx2.URL:
    """The URL, where it can be asked as far as its text tells; its host's addresses are checked on connecting.

    Raises:
        UnreachableError: it is not for asking.
    """
    host = url.raw_host.decode("ascii").lower()
    if url.scheme not in ("http", "https"):
        raise UnreachableError("refused: not an http or https URL")
    if url.userinfo:
        raise UnreachableError("refused: user name in the URL")
    if url.port is not None and url.port not in _PORTS:
        raise UnreachableError(f"refused: port {url.port}")
    with suppress(ValueError):  # a name
        if not is_public(host):
            raise UnreachableError("refused: private address")
        return url
    name = _HOST.fullmatch(host.removesuffix("."))
    if not name or _LOCAL.fullmatch(name[1]):
        raise UnreachableError("refused: not a public host name")
    return url


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody's browser would reach.

    Raises:
        ValueError: it is no IP address.
    """
    ip = ip_address(address)
    if ip in _NAT64:  # how a network without IPv4 reaches it
        ip = IPv4Address(ip.packed[-4:])
    if isinstance(ip, IPv6Address) and (ip.scope_id or ip not in _GLOBAL_UNICAST):
        return False
    return ip.is_global and not (ip.is_multicast or any(ip in special for special in _SPECIAL))


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, each once.

    Raises:
        UnreachableError: there is none.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        reason = "name lookup failed" if error.errno == socket.EAI_AGAIN else "host not found"
        raise UnreachableError(reason) from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class PublicNetwork(httpcore2.AsyncNetworkBackend):
    """Connects to public addresses only: to the one it has checked, with no second lookup in between."""

    def __init__(self) -> None:
        self._network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        addresses = await resolve(host, port)
        if not all(map(is_public, addresses)):  # one that is not says that the others may be a lure
            raise UnreachableError("refused: private address")
        candidates = addresses[:_MAX_ADDRESSES]
        failure: Exception = UnreachableError("host not found")
        for address in candidates:
            share = timeout and timeout / len(candidates)
            try:
                return await self._network.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure
