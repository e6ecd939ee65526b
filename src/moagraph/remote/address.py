"""Addresses of endpoints: https, or http to this machine, and shown without secrets."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from moagraph.characters import escape
from moagraph.errors import DataError


class Address(NamedTuple):
    """An endpoint's URL, how messages show it, and whether it is this machine."""

    url: str
    shown: str
    loopback: bool


def is_address(data: object) -> bool:
    """Tell whether a data value is an address, of whatever scheme, and no path."""
    scheme, colon, _ = str(data).partition("://")
    return bool(colon) and scheme.isalnum() and scheme.isascii()


def parse_address(text: str) -> Address:
    """Return the address of an endpoint.

    Raises:
        DataError: it is neither https nor http to this machine, or is no URL.
    """
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        port = parts.port
    except ValueError as error:
        without_secrets = _short(text.rpartition("@")[2].partition("?")[0])
        raise DataError(f"{without_secrets} is no address: {error}") from error
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port else ""
    shown = _short(urlunsplit((parts.scheme, place, parts.path, "", "")))
    if parts.scheme not in ("http", "https"):
        raise DataError(f"{shown} is no endpoint: only https, or http to this machine, is asked")
    if not host or any(c.isspace() or not c.isprintable() for c in text):
        raise DataError(f"{shown} is no address of an endpoint")
    loopback = is_loopback(host)
    if parts.scheme == "http" and not loopback:
        raise DataError(
            f"{shown} is not encrypted: http is for endpoints on this machine only; use https"
        )
    return Address(text, shown, loopback)


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine by its name or number."""
    import ipaddress

    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _short(text: str) -> str:
    return escape(text[:200])
