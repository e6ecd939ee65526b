"""The questions of the command line by name and arguments, checked as there."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from moagraph.errors import QuestionError

if TYPE_CHECKING:
    from moagraph.graph import Graph

_CONTEXT = ("cell", "disease", "species")
_BACKGROUND = ("without*", "variant*", "state*", "with*")
_FILTERS = (
    *("via*", "avoid*", "through_category", "metapath", "min_evidence#", "strict_context?"),
    *("through_drugs?", "through_diseases?", "same_record?"),
)
_BOUNDS = ("max_length#", "max_paths#")

QUESTIONS: dict[str, tuple[str, ...]] = {
    "explain": ("a!", "b!", *_CONTEXT, *_BACKGROUND, *_FILTERS, *_BOUNDS),
    "effects": ("a!", "on", *_CONTEXT, *_BACKGROUND, *_BOUNDS),
    "whatif": ("a!", "b", *_CONTEXT, *_BACKGROUND, *_BOUNDS),
    "compare": ("drug*!", "aspect*"),
    "info": ("name!",),
    "search": ("text!", "kind", "limit#"),
}
"""Each question and its arguments: `!` must be given, `*` may be repeated, `#` is a number from 0,
`?` is true or false, anything else is one text."""

_LONGEST = 64
_SHOWN = 25
_MOST_VALUES = 50
_MOST_CHARACTERS = 500
_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def ask(graph: Graph, name: str, given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the keys of the answer to a question.

    Args:
        graph: what is asked.
        name: one of `QUESTIONS`.
        given: the arguments as texts; `-` and `_` in their names are the same.

    Raises:
        QuestionError: an argument is unknown, missing, repeated or no value of its kind.
        UnknownName, AmbiguousName: a name leads to nothing or to several things.
    """
    values = arguments(name, given)
    if name == "compare":
        drugs = values.pop("drug")
        return graph.compare(*drugs, aspects=values.pop("aspect", ())).to_dict()
    if name == "search":
        return graph.search(values.pop("text"), **{"limit": _SHOWN, **values}).to_dict()
    if name == "info":
        return graph.info(values.pop("name")).to_dict()
    if "with" in values:
        values["with_"] = values.pop("with")
    positional = [values.pop(key) for key in ("a", "b") if key in values]
    method: Callable[..., Any] = getattr(graph, name)
    found: dict[str, Any] = method(*positional, **values).to_dict()
    return found


def arguments(name: str, given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the checked arguments of a question."""
    wanted = {entry.rstrip("!*#?"): entry for entry in QUESTIONS[name]}
    values: dict[str, Any] = {}
    for written, texts in given.items():
        key = written.replace("-", "_")
        if key not in wanted:
            near = difflib.get_close_matches(key, wanted, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; it has {', '.join(wanted)}"
            raise QuestionError(f"{name} has no argument {written!r}{hint}", suggestions=near)
        if key in values:
            raise QuestionError(f"{key!r} is given twice")
        values[key] = _value(key, wanted[key], texts)
    for key, entry in wanted.items():
        if "!" in entry and not values.get(key):
            raise QuestionError(f"{name} needs the argument {key!r}")
    return values


def _value(key: str, entry: str, texts: Sequence[str]) -> Any:
    if any(len(text) > _MOST_CHARACTERS for text in texts):
        raise QuestionError(f"{key!r} is longer than {_MOST_CHARACTERS} characters")
    if "*" in entry:
        if len(texts) > _MOST_VALUES:
            raise QuestionError(f"{key!r} is given more than {_MOST_VALUES} times")
        return tuple(texts)
    if len(texts) != 1:
        raise QuestionError(f"{key!r} is given {len(texts)} times; give it once")
    text = texts[0]
    if "?" in entry:
        if text.lower() not in _TRUTH:
            raise QuestionError(f"{key!r} is true or false, not {text!r}")
        return _TRUTH[text.lower()]
    if "#" in entry:
        if not (text.isascii() and text.isdigit() and len(text) < 8):
            raise QuestionError(f"{key!r} is a whole number from 0, not {text!r}")
        if key == "max_length" and not 1 <= int(text) <= _LONGEST:
            raise QuestionError(f"'max_length' is a number from 1 to {_LONGEST}")
        return int(text)
    return text
