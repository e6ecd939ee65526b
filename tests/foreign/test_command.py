"""`moagraph audit` on foreign records, as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from moagraph.foreign.codes import CODES
from moagraph_cli.commands.audit import CODES as COMMAND_CODES
from moagraph_cli.main import cli
from tests.formats.drugmechdb.odd import SOUND

BROKEN = SOUND.replace("key: causes", "key: prevents").replace("00001_MESH", "00002_MESH")
HOSTILE = "<script>alert(1)</script>\\u202e\\e[31m"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a sound record, and one that nets positive."""
    (tmp_path / "a.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    """Return exit code and stdout."""
    result = CliRunner().invoke(cli, list(arguments))
    return result.exit_code, result.stdout


def test_the_command_knows_the_codes() -> None:
    """They are repeated there to keep the start light."""
    assert tuple(CODES) == COMMAND_CODES


def test_findings_give_one_and_none_gives_nought(folder: Path) -> None:
    """By `--fail-on`, whatever is shown."""
    code, text = run("-d", str(folder), "audit")
    assert code == 1
    assert "1 negative, 1 positive" in text
    assert "inflammatory response -[prevents]-> Testitis" in " ".join(text.split())
    assert run("-d", str(folder), "audit", "--fail-on", "none")[0] == 0
    assert run("-d", str(folder / "a.yaml"), "audit")[0] == 0
    assert run("-d", str(folder / "a.yaml"), "audit", "--fail-on", "warn")[0] == 1
    assert run("audit", "-d", str(folder), "--record", "DB00001_MESH_D000001_1")[0] == 0


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "tsv", "csv", "md", "html"])
def test_each_form_holds_the_finding(folder: Path, form: str) -> None:
    """Record and path in all of them."""
    _, text = run("-d", str(folder), "audit", "-O", form, "--only", "net-positive")
    assert "DB00002_MESH_D000001_1" in text.replace("\\", "")
    if form == "json":
        (finding,) = json.loads(text)["findings"]
        assert finding["path"].endswith("= +")


def test_the_page_is_one_file_without_script(folder: Path, tmp_path: Path) -> None:
    """By the extension; whatever a record holds is text."""
    text = SOUND.replace("testomab", f'"{HOSTILE}"').replace("causes", "prevents")
    (folder / "c.yaml").write_text(text.replace("00001_MESH", "00003_MESH"), encoding="utf-8")
    page = tmp_path / "out" / "report.html"
    code, shown = run("-d", str(folder), "audit", "-o", str(page))
    assert (code, shown) == (1, "")
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert not {"\u202e", "\x1b"} & set(html)
    assert "src=" not in html
    assert "http-equiv='Content-Security-Policy'" in html
    _, table = run("-d", str(folder), "audit")
    assert not {"\u202e", "\x1b"} & set(table)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("audit", "--record", "x"), 2),
        (("audit", "-O", "html"), 2),
        (("audit", "--fail-on", "error"), 2),
        (("audit", "--only", "cycle"), 2),
        (("-d", "{folder}", "audit", "--only", "contradicted"), 2),
        (("-d", "{folder}", "audit", "--fail-on", "contradicted"), 2),
        (("-d", "{folder}", "audit", "--record", "DB9"), 3),
        (("-d", "{folder}/none.yaml", "audit"), 4),
        (("-d", "{folder}", "-d", "nowhere", "audit"), 4),
    ],
)
def test_wrong_use_ends_with_its_code(folder: Path, arguments: tuple[str, ...], code: int) -> None:
    """One message on stderr, nothing on stdout."""
    found, text = run(*(a.format(folder=folder) for a in arguments))
    assert (found, text) == (code, "")


@pytest.mark.parametrize("name", ["", "a.yaml"])
def test_other_commands_say_how_to_ask_records(folder: Path, name: str) -> None:
    """They are no graph until they are compiled."""
    result = CliRunner().invoke(cli, ["-d", str(folder / name), "info", "TNF"])
    assert result.exit_code == 4
    assert "moagraph import" in result.stderr


def test_our_own_graph_is_audited_as_before() -> None:
    """Without records the sections of the graph are reported."""
    code, text = run("audit", "-O", "json", "--only", "contradicted")
    assert code in (0, 1)
    assert list(json.loads(text)["sections"]) == ["contradicted"]
