"""The audit of records as one HTML page: no script, nothing from outside, every text escaped."""

from __future__ import annotations

from html import escape

from moagraph.characters import escape as visible
from moagraph.counting import counted
from moagraph.foreign.audit import NETS, RecordAudit
from moagraph.foreign.codes import CODES
from moagraph.foreign.finding import RecordFinding
from moagraph.foreign.polarity import RULE, SOURCE

MAX_ROWS = 1_000
"""How many findings of one code the page lists; it says how many it leaves out."""

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --bad: #b3261e; --warn: #8a5a00;
  --good: #1b6e3c; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --warn: #ffc46b; --good: #7fd99f; } }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1.5rem; max-width: 78rem; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: .4rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid var(--line); }
td { overflow-wrap: break-word; } th { font-weight: 600; white-space: nowrap; }
td.n, th.n { text-align: right; white-space: nowrap; }
tr.none { opacity: .7; } code { overflow-wrap: anywhere; }
td:first-child > code { white-space: nowrap; }
code { font: .88em/1.45 ui-monospace, monospace; }
.error { color: var(--bad); } .warn { color: var(--warn); } .negative { color: var(--good); }
.path { background: var(--soft); padding: .3rem .5rem; border-radius: .3rem; display: block;
  margin-top: .3rem; } .where { opacity: .75; font-size: .88em; }
.wide { overflow-x: auto; } a { color: inherit; } details { margin-top: 1rem; }
summary { cursor: pointer; font-weight: 600; }
@media print { details { break-inside: avoid; } }
"""


def to_html(report: RecordAudit) -> str:
    """Return the report as one self-contained page."""
    parts = [
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width, initial-scale=1'>",
        "<meta http-equiv='Content-Security-Policy' "
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{_text(report.title())}</title><style>{_STYLE}</style></head><body><main>",
        f"<h1>{_text(report.title())}</h1>",
        f"<p>Signs by the rule of DrugMechDB: {_text(RULE)}. Sign table: {_text(SOURCE)}.</p>",
        _nets(report),
        _counts(report),
    ]
    for code, (number, _) in report.counts.items():
        if number:
            parts.append(_section(code, report.in_code(code)))
    parts.append(_records(report))
    parts.append("</main></body></html>\n")
    return "\n".join(parts)


def _text(text: str) -> str:
    return escape(visible(text))


def _nets(report: RecordAudit) -> str:
    head = "".join(f"<th scope='col' class='n'>{net}</th>" for net in NETS)
    body = "".join(f"<td class='n'>{report.nets[net]:,}</td>" for net in NETS)
    return (
        "<h2>Records by net sign</h2><div class='wide'><table>"
        f"<thead><tr>{head}</tr></thead><tbody><tr>{body}</tr></tbody></table></div>"
    )


def _counts(report: RecordAudit) -> str:
    rows = []
    for code, (findings, records) in report.counts.items():
        severity = CODES[code].severity
        name = f"<a href='#{code}'>{code}</a>" if findings else code
        rows.append(
            f"<tr{'' if findings else ' class=none'}><td class='{severity}'>{severity}</td>"
            f"<th scope='row'>{name}</th><td>{_text(CODES[code].meaning)}</td>"
            f"<td class='n'>{findings:,}</td><td class='n'>{records:,}</td></tr>"
        )
    return (
        "<h2>Findings by code</h2><div class='wide'><table><thead><tr><th scope='col'>weight</th>"
        "<th scope='col'>code</th><th scope='col'>meaning</th>"
        "<th scope='col' class='n'>findings</th><th scope='col' class='n'>records</th></tr>"
        f"</thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _section(code: str, findings: list[RecordFinding]) -> str:
    rows = "".join(_row(f) for f in findings[:MAX_ROWS])
    more = ""
    if len(findings) > MAX_ROWS:
        more = f"<p>and {len(findings) - MAX_ROWS:,} more: <code>audit --only {code}</code></p>"
    opened = " open" if len(findings) <= 60 else ""
    return (
        f"<section id='{code}'><h2 class='{CODES[code].severity}'>{code}</h2>"
        f"<p>{_text(CODES[code].meaning)} {_text(CODES[code].remedy)}</p>"
        f"<details{opened}><summary>{counted(len(findings), 'finding')}</summary>"
        "<div class='wide'><table><thead><tr><th scope='col'>record</th>"
        f"<th scope='col'>what is wrong</th></tr></thead><tbody>{rows}</tbody></table></div>"
        f"{more}</details></section>"
    )


def _row(finding: RecordFinding) -> str:
    path = f"<code class='path'>{_text(finding.path)}</code>" if finding.path else ""
    where = f"{finding.file}:{finding.line}" if finding.line else finding.file
    return (
        f"<tr><td><code>{_text(finding.record)}</code></td><td>{_text(finding.message)}{path}"
        f"<div class='where'>{_text(where)}</div></td></tr>"
    )


def _records(report: RecordAudit) -> str:
    rows = "".join(
        f"<tr><td><code>{_text(r.id)}</code></td><td>{_text(r.drug)}</td><td>{_text(r.disease)}"
        f"</td><td class='n'>{r.nodes}</td><td class='n'>{r.links}</td><td class='n'>{r.paths}</td>"
        f"<td class='n'>{r.negative}</td><td class='n'>{r.positive}</td>"
        f"<td class='{r.net if r.net == 'negative' else 'warn'}'>{r.net}</td></tr>"
        for r in report.records[: 5 * MAX_ROWS]
    )
    columns = ("record", "drug", "disease")
    head = "".join(f"<th scope='col'>{c}</th>" for c in columns)
    numbers = ("nodes", "links", "paths", "negative", "positive")
    head += "".join(f"<th scope='col' class='n'>{c}</th>" for c in numbers)
    return (
        f"<h2>Records</h2><details><summary>{counted(len(report.records), 'record')}</summary>"
        f"<div class='wide'><table><thead><tr>{head}<th scope='col'>net</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div></details>"
    )
