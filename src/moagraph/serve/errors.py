"""The object that tells an error, with the keys of the command line."""

from __future__ import annotations

from typing import Any

from moagraph.errors import MoagraphError


def error_object(code: str, message: str) -> dict[str, Any]:
    """Return `code, message, file, line, suggestions` of an error of the server's own."""
    return {**MoagraphError(message).to_dict(), "code": code}
