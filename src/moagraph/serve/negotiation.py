"""Which of the formats we can write a client likes best (RFC 9110, section 12.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\Z")
_TYPE = re.compile(r"([!#$%&'*+.^`|~\w-]+)/([!#$%&'*+.^`|~\w-]+)\Z", re.ASCII)


@lru_cache(maxsize=64)
def accepted(header: str) -> list[tuple[str, str, float]]:
    """Return the ranges of an Accept header as type, subtype and quality; unreadable ones lapse."""
    found = []
    for item in header.lower().split(","):
        media, *parameters = (part.strip() for part in item.split(";"))
        match = _TYPE.match(media)
        if match is None:
            continue
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                value = value.strip()
                quality = float(value) if _QUALITY.match(value) else 0.0
                break
        found.append((match.group(1), match.group(2), quality))
    return found


def choose(header: str | None, offered: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the best of our formats and the media type to answer with, None if none will do.

    Args:
        header: the Accept header, None or empty if there was none: our first format.
        offered: media type to format, our favourites first.
    """
    if header is None or not header.strip():
        return _first(offered)
    ranges = accepted(header)
    best: tuple[str, str] | None = None
    best_quality = 0.0
    for media, name in offered.items():
        quality = _quality(media, ranges)
        if quality > best_quality:
            best, best_quality = (name, media), quality
    return best


def _first(offered: Mapping[str, str]) -> tuple[str, str]:
    media, name = next(iter(offered.items()))
    return name, media


def _quality(media: str, ranges: Iterable[tuple[str, str, float]]) -> float:
    """Return the quality of a media type: that of the most specific range that covers it."""
    kind, _, subkind = media.partition("/")
    found = (-1, 0.0)
    for wanted, wanted_sub, quality in ranges:
        if (wanted, wanted_sub) == (kind, subkind):
            rank = 2
        elif wanted == kind and wanted_sub == "*":
            rank = 1
        elif wanted == "*" and wanted_sub == "*":
            rank = 0
        else:
            continue
        found = max(found, (rank, quality))
    return found[1]


def wants_gzip(header: str | None) -> bool:
    """Tell whether an Accept-Encoding header allows gzip."""
    quality = {}
    for item in (header or "").lower().split(","):
        coding, _, parameter = (part.strip() for part in item.partition(";"))
        name, _, value = parameter.partition("=")
        value = value.strip() if name.strip() == "q" else "1"
        quality[coding] = float(value) if _QUALITY.match(value) else 0.0
    return quality.get("gzip", quality.get("*", 0.0)) > 0.0
