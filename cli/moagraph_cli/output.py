"""From an answer to bytes: choose the format, write to stdout or to a file, whole or not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Protocol

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

FORMATS = ("table", "json", "jsonl", "tsv", "csv", "md")
REFERENCE_FORMATS = ("bib", "ris")
_BY_EXTENSION = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".tsv": "tsv",
    ".csv": "csv",
    ".md": "md",
    ".bib": "bib",
    ".ris": "ris",
    ".html": "html",
    ".htm": "html",
    ".txt": "table",
    "": "table",
}
# Some spreadsheets take the wide forms for the same.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class Answer(Protocol):
    """What every result of the library offers."""

    @property
    def columns(self) -> tuple[str, ...]: ...  # noqa: D102 - described by the library
    def rows(self) -> list[tuple[str, ...]]: ...  # noqa: D102 - described by the library
    def to_dict(self) -> dict[str, Any]: ...  # noqa: D102 - described by the library
    def to_markdown(self) -> str: ...  # noqa: D102 - described by the library


def choose(asked: str | None, file: str | None) -> str:
    """Return the format: the one asked for, else by the extension of the file, else table.

    An extension that the command has no format for is a mistake, told before a file is written
    that no program opens.
    """
    if asked:
        return asked
    if not file or file == "-":
        return "table"
    import os

    extension = os.path.splitext(file)[1].casefold()
    chosen = _BY_EXTENSION.get(extension)
    offered = _offered()
    if chosen is None or (offered and chosen not in (*offered, "table")):
        known = [e for e, name in _BY_EXTENSION.items() if e and name in (*offered, "table")]
        raise click.UsageError(
            f"no answer of this kind is written as {extension!r}; "
            f"end the file in {', '.join(known)}, or say the format with -O"
        )
    return chosen


def _offered() -> tuple[str, ...]:
    """Return the formats that the running command takes with -O."""
    context = click.get_current_context(silent=True)
    for parameter in context.command.params if context else ():
        if parameter.name == "output_format" and isinstance(parameter.type, click.Choice):
            return tuple(str(choice) for choice in parameter.type.choices)
    return ()


def emit(answer: Answer, output_format: str, file: str | None, view: Callable[[], str]) -> None:
    """Write an answer in a format; `view` makes the text for people."""
    if output_format == "json" and not _on_terminal(file):
        _pour(_dumped(answer.to_dict()), file)
    else:
        show(render(answer, output_format, view), output_format, file)


def show(text: str, output_format: str, file: str | None) -> None:
    """Write a text in a format: a table is for people, all else is for programs too."""
    if output_format == "table":
        write(text, file)
    else:
        write_exact(text, file)


def render(answer: Answer, output_format: str, view: Callable[[], str]) -> str:
    """Return the text of an answer in a format."""
    if output_format == "json":
        return dump(answer.to_dict())
    if output_format == "jsonl":
        import json

        keys = answer.columns
        return "".join(
            json.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=False) + "\n"
            for row in answer.rows()
        )
    if output_format in ("tsv", "csv"):
        return separated(answer.columns, answer.rows(), output_format)
    if output_format == "md":
        return answer.to_markdown().rstrip("\n") + "\n"
    return view().rstrip("\n") + "\n"


def dump(value: object) -> str:
    """Return JSON with two blanks of indentation and a newline."""
    return "".join(_dumped(value))


def _dumped(value: object) -> Iterator[str]:
    import json
    from itertools import islice

    # A large answer is millions of tokens: never all of them in memory at a time.
    tokens = json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(value)
    while piece := "".join(islice(tokens, 100_000)):
        yield piece
    yield "\n"


def separated(columns: Sequence[str], rows: Sequence[Sequence[str]], output_format: str) -> str:
    """Return CSV (RFC 4180 quoting) or TSV (tabs and newlines in cells become blanks)."""
    if output_format == "tsv":
        lines = ["\t".join(columns)]
        lines += ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]
        return "\n".join(lines) + "\n"

    import csv
    import io

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_no_formula(cell) for cell in row] for row in rows)
    return stream.getvalue()


def _no_formula(cell: str) -> str:
    """Keep a spreadsheet from running a cell that begins like a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def write_exact(text: str, file: str | None) -> None:
    """Write what a program reads: files and pipes get every character, a terminal no command."""
    if _on_terminal(file):
        from moagraph_cli.terminal import exact

        text = exact(text)
    _put(text, file, exactly=True)


def _on_terminal(file: str | None) -> bool:
    return (not file or file == "-") and sys.stdout.isatty()


def _pour(pieces: Iterable[str], file: str | None) -> None:
    """Write as `write_exact` does to files and pipes, a piece at a time."""
    if file and file != "-":
        _put_file((piece.encode("utf-8", "surrogatepass") for piece in pieces), file)
        return
    if not _is_utf8(sys.stdout.encoding):
        _put("".join(pieces), file, exactly=True)
        return
    _busy_no_more()
    for piece in pieces:
        click.echo(piece.encode("utf-8", "backslashreplace"), nl=False)


def _is_utf8(encoding: str | None) -> bool:
    return (encoding or "utf-8").casefold().replace("-", "") == "utf8"


def write_bytes(content: bytes) -> None:
    """Write bytes to stdout as they are; a terminal gets them as `write_exact` shows them."""
    if sys.stdout.isatty():
        write_exact(content.decode("utf-8", "backslashreplace"), None)
    else:
        _busy_no_more()
        click.echo(content, nl=False)


def _busy_no_more() -> None:
    """Clear the sign of life, which only a terminal has loaded."""
    if module := sys.modules.get("moagraph_cli.busy"):
        module.Busy.over()


def write(text: str, file: str | None) -> None:
    """Write text for people to stdout or, whole or not at all, to a file."""
    from moagraph_cli.terminal import guarded

    _put(guarded(text), file)


def _put(text: str, file: str | None, *, exactly: bool = False) -> None:
    if file and file != "-":
        _put_file(text, file)
        return
    _busy_no_more()
    encoding = sys.stdout.encoding or "utf-8"
    if not _is_utf8(encoding):
        text = text.encode(encoding, "backslashreplace").decode(encoding)
    else:
        text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    # Into a pipe `click` lets go of what looks like a colour, unless it is told to keep it.
    click.echo(text, nl=False, color=True if exactly else None)


def _put_file(content: str | Iterable[bytes], file: str) -> None:
    from moagraph.files import write_atomically

    write_atomically(file, content)
    from moagraph_cli.terminal import safe

    _busy_no_more()
    click.echo(f"wrote {safe(file)}", err=True)
