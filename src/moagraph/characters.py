"""Characters that deceive: controls, and marks that hide or turn the direction of text."""

from __future__ import annotations

_HIDDEN = frozenset(
    "\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


def is_deceptive(character: str) -> bool:
    """Tell whether a character is a control, a line separator or a hidden direction mark."""
    code = ord(character)
    return code < 32 or 127 <= code < 160 or 0xD800 <= code < 0xE000 or character in _HIDDEN


def escape(text: str) -> str:
    """Show deceptive characters, line feeds excepted, as escapes; keep all else."""
    if text.isprintable():
        return text
    return "".join(c if c == "\n" or not is_deceptive(c) else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
