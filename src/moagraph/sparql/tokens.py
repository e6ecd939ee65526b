"""SPARQL as tokens: the terminals of the grammar, and nothing of its meaning.

Two readings of one text are the danger here: what we take for a string, the engine might take for
code. So the terminals are those of the recommendation, letter by letter, and what belongs to none
is a fault. The one place where the grammar itself is ambiguous, `<` as the start of an IRI or as
an operator, is watched by `moagraph.sparql.guard`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from moagraph.sparql.faults import fault

_ASCII = "A-Za-z"
_FULL = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FULL_MARKS = "\u00b7\u0300-\u036f\u203f\u2040"

_TERMINALS = r"""
(?P<blank>(?:[ \t\n]|\r\n)+|\#[^\r\n]*(?=\r\n|\n|\Z))
|(?P<iri><[^<>"{}|^`\x00-\x20\x7f-\x9f]*>)
|(?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|[E]))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|[E]))*'''
  |"(?:[^"\\\r\n]|[E])+"|'(?:[^'\\\r\n]|[E])+'
  |""(?!")|''(?!'))
|(?P<variable>[?$][L_0-9][L_0-9M]*)
|(?P<node>_:[L_0-9](?:[L_0-9M.-]*[L_0-9M-])?)
|(?P<name>(?:[L](?:[L_0-9M.-]{0,100}[L_0-9M-])?)?:
  (?:(?:[L_0-9:]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%])
  (?:(?:[L_0-9M:.-]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%])*
  (?:[L_0-9M:-]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%]))?)?)
|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
|(?P<number>(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)
|(?P<word>[A-Za-z_][A-Za-z0-9_]*)
|(?P<sign><<\(|\)>>|<<|>>|\{\||\|\}|\^\^|&&|\|\||!=|<=|>=|[{}()\[\].,;*/+\-|^!=<>?~])
"""


# An escape that an engine takes for none would let it read on at another quote than we do.
_ESCAPE = (
    r"\\(?:[tbnrf\"'\\]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}"
    r"|U(?!0000[dD][89a-fA-F])00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4})"
)


class Token(NamedTuple):
    """A token: its kind (a terminal of the grammar), its text and where it begins."""

    kind: str
    text: str
    start: int


@cache
def _pattern(letters: str, marks: str) -> re.Pattern[str]:
    terminals = re.sub(
        r"\[L([^\]]*)\]",
        lambda match: f"[{letters}{match.group(1).replace('M', marks)}]",
        _TERMINALS.replace("[E]", _ESCAPE),
    )
    return re.compile(terminals, re.VERBOSE | re.DOTALL)


def tokens(text: str) -> list[Token]:
    """Return the tokens of a query without blanks and comments.

    Raises:
        QueryFault: a character that begins no token, or a string that does not end.
    """
    pattern = _pattern(_ASCII, "") if text.isascii() else _pattern(_FULL, _FULL_MARKS)
    found = []
    place = 0
    match = pattern.match
    while place < len(text):
        hit = match(text, place)
        if hit is None:
            raise fault(text, place, _why(text, place))
        if hit.lastgroup != "blank":
            found.append(Token(hit.lastgroup or "", hit.group(), place))
        place = hit.end()
    return found


def _why(text: str, place: int) -> str:
    character = text[place]
    if character in "\"'":
        return "this string does not end, or holds an escape that SPARQL does not have"
    if character == "\r":
        return "a carriage return without a line feed"
    return f"a character that SPARQL has no use for: {character!r}"
