"""What a page carries compressed, and the policy that lets just that run.

The scripts and the graph behind the question bar are three quarters of a page. They are packed
as gzip in base64; the loader unpacks them and the browser runs each script only if its hash is
in the Content-Security-Policy, as if it stood in the page as it is.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from functools import cache
from typing import Any


@cache
def pack_scripts(scripts: tuple[str, ...]) -> str:
    """Return scripts as a JSON list in gzip in base64; they are packed once for all pages."""
    return pack(list(scripts))


def pack(value: Any) -> str:
    """Return a JSON value as gzip in base64; the same value gives the same text."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")


def policy(*scripts: str) -> str:
    """Return the Content-Security-Policy that lets these scripts run and nothing else."""
    hashes = " ".join(f"'sha256-{_digest(text)}'" for text in scripts if text)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
