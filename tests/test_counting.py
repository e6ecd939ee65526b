"""Numbers stand in the grammar of English, and no message makes its plurals by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from moagraph.counting import counted
from moagraph_cli.main import cli

ROOT = Path(__file__).resolve().parents[1]
# `'s' if n > 1 else ''` and its kin, which the next message would forget.
BY_HAND = re.compile(r"""(['"])s\1 if |(['"])\2 if [^:]*== 1 else (['"])s\3""")


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 claims"), (1, "1 claim"), (2, "2 claims"), (1234, "1,234 claims")]
)
def test_a_number_agrees_with_what_it_counts(number: int, said: str) -> None:
    assert counted(number, "claim") == said
    assert counted(number, "entity", "entities").endswith("y" if number == 1 else "entities")


@pytest.mark.parametrize("folder", ["src", "cli"])
def test_plurals_are_made_in_one_place(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.py"):
        if path.name != "counting.py":
            assert not BY_HAND.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    "arguments",
    [
        ["explain", "lenalidomide", "IKZF1", "--max-length", "1"],
        ["effects", "lenalidomide", "--max-length", "1", "--on", "IKZF1"],
        ["whatif", "lenalidomide", "IKZF1", "--without", "CRBN", "--max-length", "1"],
        ["paths", "lenalidomide", "IKZF1", "--max-length", "1"],
        ["drugs-for", "GSPT1", "--max-length", "1"],
        ["-d", str(ROOT / "tests" / "invalid" / "unused-entity"), "validate"],
        ["-d", str(ROOT / "tests" / "invalid" / "unknown-entity"), "validate"],
    ],
    ids=" ".join,
)
def test_no_answer_says_one_things(arguments: list[str]) -> None:
    shown = " ".join(CliRunner().invoke(cli, arguments).output.split())
    # "1 of 1 steps sourced" is a part of a whole; a pile of one is not.
    slips = set(re.findall(r"(?<!of )(?<![\w.,:+-])1 [a-z]+s\b", shown))
    assert not slips - {"1 is", "1 was"}, shown
