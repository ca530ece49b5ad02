"""Which addresses may be reached: those of the public internet, and none of this machine or its network.

A digest is somebody else's text, and a picture's address in it can name a router, a database or a cloud's
metadata service (CWE-918, server-side request forgery).
"""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
Check = Callable[[Address], bool]
"""Tells whether an address may be connected to."""
Resolve = Callable[[str, int], list[Address]]
"""Takes a host and a port, gives the host's addresses in the order to try; raises OSError where there are none."""

_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network; all of it reaches this machine
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a provider's customers
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # every Azure machine's host answers here
        "169.254.0.0/16",  # link-local, where clouds keep their metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
"""IANA's special-purpose addresses of IPv4, and one of our own."""

_PUBLIC_6 = IPv6Network("2000::/3")
"""All global unicast that is given out. Loopback, link-local, unique local, multicast, and the addresses that hold an
IPv4 address (::ffff:0:0/96, 64:ff9b::/96 of NAT64) stand outside."""

_NOT_PUBLIC_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, with Teredo, which holds an IPv4 address
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which holds an IPv4 address
        "3fff::/20",  # documentation
    )
)


def may_reach(address: Address) -> bool:
    """Tell whether an address is on the public internet and another machine's."""
    return is_public(address) and not _is_own(address)


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)


def resolve(host: str, port: int) -> list[Address]:
    """Look a host up as the system does; a literal address is itself. Raises OSError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except ValueError as error:  # a label that is empty or too long (UnicodeError), or a NUL
        raise OSError(f"{host!r} is not the name of a host") from error
    return [ip_address(entry[4][0]) for entry in found]


def _is_own(address: Address) -> bool:
    """Tell whether an address is this machine's; with IPv6 even a laptop has public ones.

    A connected datagram socket sends nothing, and gets the address that the system would call from.
    """
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((str(address), 9))
            return bool(probe.getsockname()[0] == str(address))
    except OSError:
        return False
