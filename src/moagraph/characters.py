"""Characters that deceive: controls, and marks that hide or turn the direction of text."""

from __future__ import annotations

# Joiners (U+200C, U+200D) are left out: scripts and emoji are spelt with them.
_HIDDEN = frozenset(
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb"
)


def is_deceptive(character: str) -> bool:
    """Tell whether a character is a control, a line separator, hidden, or turns the direction."""
    code = ord(character)
    return (
        code < 32
        or 127 <= code < 160
        or 0xD800 <= code < 0xE000
        or 0xE0000 <= code < 0xE0080  # letters that nothing shows
        or character in _HIDDEN
    )


def is_unicode(text: str) -> bool:
    """Tell whether a text can be written: a name on disk may hold bytes that are no text."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def escape(text: str) -> str:
    """Show deceptive characters, line feeds excepted, as escapes; keep all else."""
    if text.isprintable():
        return text
    return "".join(c if c == "\n" or not is_deceptive(c) else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    code = ord(character)
    if code < 256:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
