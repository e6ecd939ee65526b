"""The reference, written from the code: commands, Python, JSON keys, vocabulary, findings."""

from __future__ import annotations

import inspect
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
    signature = str(inspect.signature(function)).replace("'", "")
    return [
        f"{level} {name}",
        "",
        "```python",
        f"{name}{signature}",
        "```",
        "",
        _paragraphs(inspect.getdoc(function)),
        "",
    ]


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
            if made._types:
                lines += ["| key | holds |", "|---|---|"]
                lines += [f"| `{k}` | `{_cell(str(t))}` |" for k, t in made._types.items()]
                lines.append("")
    return "\n".join(lines)


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
    yield f"Typical cause: {code.example}.\n"
    yield f"**To mend it:** {code.remedy}.\n"
    folder = INVALID / code.code
    found = check_folder(folder)
    yield "## An example\n"
    shown = found[0]
    place = f"{shown.file}:{shown.line}" if shown.line else shown.file
    yield f"A folder of tables that has it gives:\n\n```text\n{place}: {shown.message}\n```\n"
    path = folder / shown.file
    if shown.line and path.exists():
        rows = path.read_bytes().decode("utf-8", "backslashreplace").split("\n")
        yield f"Line {shown.line} of `{shown.file}`, fields apart by `→`:\n"
        row = rows[shown.line - 1].replace("\t", " → ")
        safe = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in row)
        yield f"```text\n{safe}\n```\n"
    yield f"Remedy that is printed with it: {shown.remedy}.\n\n[All codes](../findings.md)\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
