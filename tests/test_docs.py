"""Every command in README and docs is run, and the output shown is the real one.

A block fenced as `console` holds commands after `$ ` and what they print. A line `...` stands
for any lines left out. `python -m tests.test_docs` writes the real outputs into the files,
keeping the first lines of an output that was cut at its end, and all of one that was cut before.
"""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# Their commands need a folder of their own, so they run in an empty one, in
# `exchange/test_walk_through` and `exchange/test_own_ligase`.
WALKS = [ROOT / "docs" / "curation.md", ROOT / "docs" / "howto" / "own-ligase.md"]
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def run(command: str) -> str:
    """Return what a `moagraph` command prints, messages included."""
    from moagraph_cli.main import cli

    arguments = shlex.split(command.partition(" # exit")[0])
    assert arguments[0] == "moagraph"
    result = CliRunner().invoke(cli, arguments[1:], prog_name="moagraph")
    return result.output


def sessions(block: str) -> list[tuple[str, list[str]]]:
    """Return the commands of a block, each with the output lines shown for it."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


CASES = [
    pytest.param(command, shown, id=f"{page.name}: {command}")
    for page in PAGES
    if page not in WALKS
    for block in BLOCK.findall(page.read_text(encoding="utf-8"))
    for command, shown in sessions(block)
    if command.startswith("moagraph ")
]


TABLED = re.findall(
    r"\| `(moagraph [^`]+)` \|", (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("command", TABLED)
def test_each_question_has_a_command_that_answers(command: str) -> None:
    from moagraph_cli.main import cli

    result = CliRunner().invoke(cli, shlex.split(command)[1:], prog_name="moagraph")
    assert result.exit_code in (0, 1), result.output
    assert result.output


@pytest.mark.parametrize(("command", "shown"), CASES)
def test_the_output_shown_is_the_real_one(command: str, shown: list[str]) -> None:
    real = run(command).rstrip("\n").splitlines()
    expected = "\n".join(shown).rstrip("\n").splitlines()
    if not expected:
        assert real or command.endswith("-q")
        return
    position = 0
    skipping = False
    for line in expected:
        if line.strip() == "...":
            skipping = True
            continue
        if skipping:
            assert line in real[position:], f"not printed: {line!r}"
            position = real.index(line, position)
            skipping = False
        assert position < len(real), f"not printed: {line!r}"
        assert real[position] == line
        position += 1
    assert skipping or position == len(real), f"not shown: {real[position:][:3]}"


@pytest.mark.parametrize(
    "page", [p for p in PAGES if PYTHON.search(p.read_text(encoding="utf-8"))], ids=lambda p: p.name
)
def test_the_python_of_a_page_runs(page: Path) -> None:
    """The blocks of one page are one session."""
    scope: dict[str, object] = {}
    for block in PYTHON.findall(page.read_text(encoding="utf-8")):
        exec(compile(block, str(page), "exec"), scope)


MERMAID = re.compile(
    r"""flowchart\ LR
    |\ \ n\d+\["[^"\[\]]+"\]                       # a node and its label
    |\ \ n\d+\ (-->|--x|-\.->)\|"[^"|]+"\|\ n\d+   # an arrow and what it says
    |lost:\ .+""",  # said on the other stream
    re.VERBOSE,
)


def test_the_flowchart_shown_is_one_that_mermaid_reads() -> None:
    shown = [p.values for p in CASES if "mermaid" in str(p.values[0])]
    assert shown
    for _, lines in shown:
        assert isinstance(lines, list)
        assert not [line for line in lines if line and not MERMAID.fullmatch(line)]


INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
PAPERS = [ROOT / name for name in ("SECURITY.md", "CHANGELOG.md", "benchmarks/README.md")]
PAPERS += [ROOT / "ontology" / "README.md", *PAGES]


def inline_commands(page: Path) -> list[str]:
    """Return the commands that stand in the text of a page."""
    from moagraph_cli.commands import COMMANDS

    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    spans = (span.partition(" | ")[0] for span in INLINE.findall(text))
    found = [s.removeprefix("moagraph ") for s in spans if s.startswith("moagraph ")]
    found += [s for s in INLINE.findall(text) if s.partition(" ")[0] in COMMANDS and " " in s]
    return [command for command in found if "\\" not in command]


@pytest.mark.parametrize("page", PAPERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_in_the_text_are_commands_that_there_are(page: Path) -> None:
    """Names may be placeholders there; the command and its options may not."""
    import click

    from moagraph_cli.main import cli

    for text in inline_commands(page):
        given = shlex.split(text.replace("...", ""))
        while given and given[0] in ("-d", "--data"):
            given = given[2:]
        if not given or given[0] in ("COMMAND", "-h", "--help", "--version"):
            continue
        command = cli.get_command(click.Context(cli), given[0])
        assert command is not None, text
        try:
            command.make_parser(click.Context(command)).parse_args(given[1:])
        except (click.NoSuchOption, click.BadOptionUsage) as error:
            pytest.fail(f"{text}: {error.message}")


@pytest.mark.parametrize("page", PAPERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    for link in re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", text):
        made = "reference/" in link  # from the code, when the site is built
        if not link.startswith(("http://", "https://", "mailto:")) and not made:
            assert (page.parent / link).exists(), link


def rewrite(page: Path) -> None:
    """Write the real outputs into a page; a cut output keeps as many lines as it had."""

    def renew(match: re.Match[str]) -> str:
        lines: list[str] = []
        for command, shown in sessions(match[1]):
            lines.append(f"$ {command}")
            inner = any(line.strip() == "..." for line in shown[:-1])
            if not command.startswith("moagraph ") or not shown or inner:
                lines += shown
                continue
            real = run(command).rstrip("\n").splitlines()
            if shown[-1].strip() == "...":
                real = [*real[: len(shown) - 1], "..."]
            lines += real
        return "```console\n" + "\n".join(lines) + "\n```"

    text = page.read_text(encoding="utf-8")
    page.write_text(BLOCK.sub(renew, text), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:] or PAGES:
        if Path(name).resolve() not in WALKS:
            rewrite(Path(name))
