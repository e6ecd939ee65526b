"""Labels in boxes: lines that break between words, and the room they need."""

from __future__ import annotations

FONT = 14
LINE = 17
CHARACTER = 8.8
"""Width of an average character at `FONT`: what DejaVu Sans Bold needs, the widest in use."""

_TARGET = 15
_LONGEST_WORD = 24
_MAX_LINES = 5
_PADDING = 18
_MIN_WIDTH = 92
_POINTED = {"effect": 14, "drug": 6}


def wrap_label(label: str) -> tuple[str, ...]:
    """Return a label as lines of about fifteen characters, broken between words only.

    A string that no word is as long as is broken where it must, and what exceeds five lines
    ends in an ellipsis; the panel and the table have the whole of it.
    """
    lines: list[str] = []
    for word in _words(label):
        if lines and len(lines[-1]) + 1 + len(word) <= _TARGET:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > _MAX_LINES:
        lines = [*lines[: _MAX_LINES - 1], f"{lines[_MAX_LINES - 1]} …"]
    return tuple(lines) or ("",)


def _words(label: str) -> list[str]:
    words: list[str] = []
    for word in label.split():
        while len(word) > _LONGEST_WORD:
            words.append(word[:_LONGEST_WORD])
            word = word[_LONGEST_WORD:]  # noqa: PLW2901 - the rest of the same word
        words.append(word)
    return words


def box(lines: tuple[str, ...], column: str = "") -> tuple[int, int]:
    """Return width and height of the box that holds lines; pointed boxes need more."""
    longest = max(len(line) for line in lines)
    width = max(_MIN_WIDTH, round(longest * CHARACTER) + _PADDING + _POINTED.get(column, 0))
    return width, LINE * len(lines) + 15
