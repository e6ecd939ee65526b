"""Named questions: the files of `ontology/queries`, and names bound to their parameters.

The comments at the head of a file say what it answers:

    # title: Proteins that a drug has degraded
    # description: One sentence or more, over several such lines.
    # param drug: entity - the drug
    # param source: source optional - one paper
    # example: drug=lenalidomide

A parameter is a variable that the query selects. Its value is bound as a term: an entity by any of
its names, a claim, fact or source by its id, a number, or a text. One that is optional and not
given stays free, and the answer has all its values.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from moagraph.errors import QuestionError, UnknownName
from moagraph.frozen import Frozen
from moagraph.resources import ontology_file

if TYPE_CHECKING:
    import pyoxigraph as ox

    from moagraph.knowledge import KnowledgeBase

KINDS = ("entity", "claim", "fact", "source", "number", "text")
_PARAM = re.compile(r"(\w+): (\w+)( optional)? - (.+)")


class Parameter(Frozen):
    """A parameter of a named question: its variable, what it takes, and whether it may be left."""

    name: str
    kind: str
    optional: bool
    help: str


class Named(Frozen):
    """A named question with its text; `example` is how its parameters may be set."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    example: str
    text: str

    @property
    def command(self) -> str:
        """Return the example as a command line."""
        import shlex

        settings = [f"-p {shlex.quote(part.strip())}" for part in self.example.split(";") if part]
        return " ".join([f"moagraph query --name {self.name}", *settings])

    @property
    def settings(self) -> dict[str, str]:
        """Return the example as names and values."""
        return parse_settings(tuple(p.strip() for p in self.example.split(";") if p.strip()))


def names() -> tuple[str, ...]:
    """Return the names of all questions, sorted."""
    folder = ontology_file("queries")
    files = os.listdir(folder) if os.path.isdir(folder) else []
    return tuple(sorted(f[:-3] for f in files if f.endswith(".rq")))


def question(name: str) -> Named:
    """Return a named question.

    Raises:
        UnknownName: there is none of this name; the error carries the nearest.
    """
    if name not in names():
        import difflib

        near = tuple(difflib.get_close_matches(name, names(), n=3, cutoff=0.4))
        hint = f", did you mean {' or '.join(near)}?" if near else ";"
        message = f"no question is named {name!r}{hint} `moagraph query --list` shows all"
        raise UnknownName(message, suggestions=near)
    with open(ontology_file("queries", f"{name}.rq"), encoding="utf-8") as file:
        return parse(name, file.read())


def parse(name: str, text: str) -> Named:
    """Return the question that the text of a file is."""
    said: dict[str, list[str]] = {"title": [], "description": [], "param": [], "example": []}
    for line in text.splitlines():
        if not line.startswith("# "):
            break
        key, _, value = line[2:].partition(" " if line.startswith("# param ") else ": ")
        said.setdefault(key, []).append(value)
    return Named(
        name,
        " ".join(said["title"]),
        " ".join(said["description"]),
        tuple(map(_parameter, said["param"])),
        "; ".join(said["example"]),
        text,
    )


def _parameter(text: str) -> Parameter:
    match = _PARAM.fullmatch(text)
    if match is None or match.group(2) not in KINDS:
        raise QuestionError(f"not a parameter of a named question: {text!r}")
    return Parameter(match.group(1), match.group(2), bool(match.group(3)), match.group(4))


def parse_settings(settings: tuple[str, ...]) -> dict[str, str]:
    """Parse `name=value` settings.

    Raises:
        QuestionError: one has no `=` or no name, or a name comes twice.
    """
    found: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip():
            raise QuestionError(f"not of the form name=value: {setting!r}")
        if name.strip() in found:
            raise QuestionError(f"the parameter {name.strip()!r} is set twice")
        found[name.strip()] = value.strip()
    return found


def bind(
    kb: KnowledgeBase, asked: Named | None, settings: Mapping[str, str]
) -> dict[str, ox.NamedNode | ox.Literal]:
    """Return the terms of the parameters of a question; without one, each names an entity.

    Raises:
        QuestionError: a parameter is not known or wanting, or its value is none of its kind.
        UnknownName, AmbiguousName: a name leads to no entity, or to several.
    """
    if asked is None:
        return {name: term(kb, "entity", name, value) for name, value in settings.items()}
    known = {p.name: p for p in asked.parameters}
    for name in settings:
        if name not in known:
            offered = ", ".join(known) or "none"
            message = f"{asked.name} has no parameter {name!r}; it has {offered}"
            raise QuestionError(message, suggestions=tuple(known))
    missing = [n for n, p in known.items() if not p.optional and n not in settings]
    if missing:
        needs = ", ".join(f"{n} ({known[n].help})" for n in missing)
        raise QuestionError(f"{asked.name} needs {needs}; as in `{asked.command}`")
    return {name: term(kb, known[name].kind, name, value) for name, value in settings.items()}


def term(kb: KnowledgeBase, kind: str, name: str, value: str) -> ox.NamedNode | ox.Literal:
    """Return the term that a value of a parameter means."""
    import pyoxigraph as ox

    from moagraph.rdf import terms as t

    if kind == "entity":
        return ox.NamedNode(t.entity_iri(kb.resolve(value).id))
    if kind == "number":
        if not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
            raise QuestionError(f"{name} takes a number, not {value!r}")
        kind_of = t.DECIMAL if "." in value else t.INTEGER
        return ox.Literal(value, datatype=ox.NamedNode(kind_of))
    if kind == "text":
        return ox.Literal(value)
    record = _records(kb, kind)
    if value not in record:
        import difflib

        near = tuple(difflib.get_close_matches(value, record, n=3, cutoff=0.6))
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise UnknownName(f"no {kind} has the id {value!r}{hint}", suggestions=near)
    make = {"claim": t.assertion_iri, "fact": t.fact_iri, "source": t.entity_iri}[kind]
    return ox.NamedNode(make(value))


def _records(kb: KnowledgeBase, kind: str) -> Mapping[str, object]:
    if kind == "claim":
        return kb.assertions
    if kind == "source":
        return kb.sources
    return {fact.id: fact for fact in kb.tables.facts}
