"""The reference, written from the code: commands, Python, JSON keys, vocabulary, findings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
INVALID = ROOT / "tests" / "invalid"


def pages() -> dict[str, str]:
    """Return the text of each generated page by its path under `docs/`."""
    found = {
        "reference/commands.md": commands(),
        "reference/python.md": python(),
        "reference/json.md": json_keys(),
        "reference/vocabulary.md": vocabulary(),
        "reference/findings.md": findings(),
        "reference/audit.md": audit_codes(),
    }
    found.update(finding_pages())
    return found


# -- commands ----------------------------------------------------------------


def commands() -> str:
    """Return one section for each command with the help that it prints."""
    import click

    from moagraph_cli.commands import COMMANDS
    from moagraph_cli.main import cli

    lines = ["# Commands", "", "Every command prints its help with `-h`.", ""]
    context = click.Context(cli, info_name="moagraph", max_content_width=80, terminal_width=80)
    lines += ["```text", cli.get_help(context), "```", ""]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        inner = click.Context(
            command, parent=context, info_name=name, max_content_width=80, terminal_width=80
        )
        lines += [f"## moagraph {name}", "", "```text", command.get_help(inner), "```", ""]
    return "\n".join(lines)


# -- Python ------------------------------------------------------------------


def python() -> str:
    """Return the signature and docstring of everything that `import moagraph` promises."""
    import moagraph
    from moagraph.graph import Graph

    lines = ["# Python", "", _paragraphs(moagraph.__doc__), ""]
    lines += _function("moagraph.load", moagraph.load)
    lines += ["## moagraph.Graph", "", _paragraphs(Graph.__doc__), ""]
    for name, member in vars(Graph).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            lines += [f"### Graph.{name}", "", _paragraphs(member.__doc__), ""]
        elif callable(member) or isinstance(member, staticmethod):
            lines += _function(f"Graph.{name}", getattr(Graph, name), level="###")
    lines += ["## Errors", ""]
    for name in moagraph.__all__:
        thing = getattr(moagraph, name)
        if inspect.isclass(thing) and issubclass(thing, Exception):
            bases = ", ".join(base.__name__ for base in thing.__mro__[1:-2])
            lines += [
                f"### moagraph.{name}",
                "",
                _paragraphs(thing.__doc__),
                f"\nA kind of {bases}.",
                "",
            ]
    return "\n".join(lines)


def _function(name: str, function: Any, level: str = "##") -> list[str]:
    return [
        f"{level} {name}",
        "",
        "```python",
        _signature(name, function),
        "```",
        "",
        _paragraphs(inspect.getdoc(function)),
        "",
    ]


def _signature(name: str, function: Any) -> str:
    """Return how a function is called: on one line, or above a hundred characters one each."""
    asked = inspect.signature(function)
    shown = [p for p in asked.parameters.values() if p.name != "self"]
    listed: list[str] = []
    for parameter in shown:
        starred = "*" in listed or any(p.kind is p.VAR_POSITIONAL for p in shown)
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            listed.append("*")
        star = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
        default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
        listed.append(f"{star}{parameter.name}: {parameter.annotation}{default}")
    line = f"{name}({', '.join(listed)}) -> {asked.return_annotation}"
    if len(line) <= 90:
        return line
    return (
        f"{name}(\n"
        + "".join(f"    {one},\n" for one in listed)
        + f") -> {asked.return_annotation}"
    )


def _paragraphs(text: str | None) -> str:
    """Return a docstring as Markdown: examples and lists of arguments keep their lines."""
    lines = inspect.cleandoc(text or "").splitlines()
    out: list[str] = []
    fenced = False
    for line in lines:
        wants = line.startswith("    ") or line.startswith(">>>")
        if wants and not fenced:
            out += ["", "```text"]
        elif fenced and line.strip() and not wants:
            out += ["```", ""]
        fenced = wants or (fenced and not line.strip())
        out.append(line)
    if fenced:
        out.append("```")
    return "\n".join(out)


# -- JSON --------------------------------------------------------------------


def json_keys() -> str:
    """Return the keys of every answer, in order, with what each class says of itself."""
    import importlib
    import pkgutil

    import moagraph.answers
    from moagraph.frozen import Frozen

    lines = [
        "# JSON keys",
        "",
        "`-O json` and `to_dict()` give these keys, in this order. An answer holds the parts named"
        " by their class. Keys are never removed or renamed within a major version.",
        "",
    ]
    for module in pkgutil.iter_modules(moagraph.answers.__path__):
        held = importlib.import_module(f"moagraph.answers.{module.name}")
        classes = [
            c
            for c in vars(held).values()
            if inspect.isclass(c) and issubclass(c, Frozen) and c.__module__ == held.__name__
        ]
        if classes:
            lines += [f"## {module.name}", "", _paragraphs(held.__doc__), ""]
        for made in classes:
            lines += [f"### {made.__name__}", "", _paragraphs(made.__doc__), ""]
            told = vars(made).get("to_dict")
            if told is not None:
                lines += [_paragraphs(told.__doc__), ""]
            if made._types:
                lines += ["| key | holds |", "|---|---|"]
                lines += [f"| `{k}` | {_held(str(t))} |" for k, t in made._types.items()]
                lines.append("")
    return "\n".join(lines)


_PLAIN = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
    "Any": "any value",
    "None": "null",
    "WalkSign": '1, -1 or "unknown"',
}


def _held(type_: str) -> str:
    """Return what a key holds in words of JSON, with a link to the class of a part."""
    type_ = type_.strip().strip("\"'")
    if found := re.fullmatch(r"(tuple|list|Sequence)\[(.+?)(, \.\.\.)?\]", type_):
        if found[3] or found[1] != "tuple":
            return f"list of: {_held(found[2])}"
        parts = re.split(r", (?![^\[]*\])", found[2])
        return f"list: {', '.join(map(_held, parts))}"
    if found := re.fullmatch(r"(dict|Mapping)\[(\w+), (.+)\]", type_):
        return f"object of: {_held(found[3])}"
    if " | " in type_ and "[" not in type_:
        return " or ".join(map(_held, type_.split(" | ")))
    if type_ in _PLAIN:
        return _PLAIN[type_]
    return f"[{type_}](#{type_.lower()})" if type_.isidentifier() else f"`{_cell(type_)}`"


# -- vocabulary --------------------------------------------------------------


def vocabulary() -> str:
    """Return the relations with sign and mappings, and the closed lists of words."""
    from moagraph import vocabulary as words
    from moagraph.relations import RELATIONS

    lines = [
        "# Relations and kinds",
        "",
        "A sign says how the object's amount moves when the subject's rises. Only +1, -1 and"
        " *unknown* can be steps of a path.",
        "",
        "| relation | sign | meaning | Biolink |",
        "|---|---|---|---|",
    ]
    for relation in RELATIONS.values():
        cells = (relation.label, str(relation.sign), relation.definition, relation.biolink)
        lines.append("| " + " | ".join(_cell(str(cell)) for cell in cells) + " |")
    lists = (
        "ASSERTION_KINDS",
        "STANCES",
        "STATUSES",
        "BASES",
        "SOURCE_KINDS",
        "EXTENTS",
        "DIRECTNESS",
        "TRANSFERS",
        "STRENGTHS",
        "VARIANT_EFFECTS",
        "VERDICTS",
    )
    lines += ["", "## Closed lists", ""]
    for name in lists:
        values = ", ".join(f"`{value}`" for value in getattr(words, name))
        lines.append(f"- **{name.replace('_', ' ').lower()}**: {values}")
    return "\n".join(lines) + "\n"


# -- findings ----------------------------------------------------------------


def findings() -> str:
    """Return the list of all finding codes, each linked to its page."""
    from moagraph.check import CODES

    lines = [
        "# Finding codes",
        "",
        "`moagraph validate` reports these. An error keeps a folder from loading, a warning does"
        " not.",
        "",
        "| code | severity | meaning |",
        "|---|---|---|",
    ]
    for code in CODES.values():
        link = f"[`{code.code}`](findings/{code.code}.md)"
        lines.append(f"| {link} | {code.severity} | {_cell(code.meaning)} |")
    return "\n".join(lines) + "\n"


def finding_pages() -> dict[str, str]:
    """Return one page for each finding code: meaning, a table that has it, and the mending."""
    from moagraph.check import CODES

    return {
        f"reference/findings/{code.code}.md": "\n".join(_finding_page(code))
        for code in CODES.values()
    }


def _finding_page(code: Any) -> Iterator[str]:
    from moagraph.validation import check_folder

    yield f"# {code.code}\n\n**{code.severity}** - {code.meaning}\n"
    yield f"For instance: {code.example}.\n"
    yield f"**To mend it:** {code.remedy}.\n"
    folder = INVALID / code.code
    found = check_folder(folder)
    yield "## An example\n"
    shown = found[0]
    place = f"{shown.file}:{shown.line}" if shown.line else shown.file
    yield f"A folder of tables that has it gives:\n\n```text\n{place}: {shown.message}\n```\n"
    path = folder / shown.file
    if shown.line and path.exists():
        yield f"Line {shown.line} of `{shown.file}`, the fields that are filled:\n"
        yield from _row(path, shown.line)
    if shown.remedy.rstrip(".") != code.remedy.rstrip("."):
        yield f"Remedy that is printed with it: {shown.remedy}.\n"
    yield "[All codes](../findings.md)\n"


def _row(path: Path, line: int) -> Iterator[str]:
    """Yield a row of a table as a list of its columns; a broken one as it stands."""
    rows = path.read_bytes().decode("utf-8", "backslashreplace").split("\n")
    names, fields = rows[0].split("\t"), rows[line - 1].split("\t")
    if line == 1 or len(names) != len(fields):
        yield f"```text\n{_visible(' → '.join(fields))}\n```\n"
        return
    yield "| column | field |\n|---|---|"
    for name, field in zip(names, fields, strict=True):
        if field:
            mark = f"`{_cell(_visible(field))}`".replace("``", "` `")
            yield f"| {name} | {mark} |"
    yield ""


def _visible(text: str) -> str:
    """Return a text with what cannot be seen in it as escapes."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def audit_codes() -> str:
    """Return what `audit` reports: of a graph its sections, of DrugMechDB records its codes."""
    from moagraph.answers.auditing import SECTIONS
    from moagraph.foreign.audit import audit_records
    from moagraph.foreign.codes import CODES
    from moagraph.foreign.source import open_records

    lines = ["# Audit sections and codes", "", "## Of a graph", ""]
    lines += [
        "`moagraph audit` sorts claims into these sections, gravest first; `--only SECTION` shows"
        " one of them whole.",
        "",
        "| section | what is in it |",
        "|---|---|",
    ]
    lines += [f"| `{name}` | {_cell(meaning)} |" for name, meaning in SECTIONS.items()]
    lines += ["", "## Of DrugMechDB records", ""]
    lines += [
        "`moagraph -d RECORDS audit` reports these. Where an example stands, it is what the made-up"
        " record of [Check DrugMechDB records](../howto/foreign-records.md) gives.",
        "",
    ]
    report = audit_records(open_records([str(ROOT / "docs" / "howto" / "records")]).records)
    shown = {finding.code: finding.message for finding in reversed(report.findings)}
    for name, code in CODES.items():
        lines += [f"### {name}", "", f"**{code.severity}** - {code.meaning}", ""]
        lines += [f"**To mend it:** {code.remedy}", ""]
        if name in shown:
            lines += ["```text", shown[name], "```", ""]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
