"""Look-ups as text for people."""

from __future__ import annotations

from itertools import groupby

from moagraph.counting import counted
from moagraph.lookup import ArticleSheet, EvidenceSheet, FactSheet, Hits, Info, Stats
from moagraph.lookup.facts import DISCLAIMER
from moagraph.lookup.info import ClaimLine
from moagraph_cli.terminal import safe, style, table, wrap

STANCE_COLOURS = {"supports": "green", "refutes": "red", "inconclusive": "yellow"}
STATUS_COLOURS = {
    "supported": "green",
    "contested": "yellow",
    "refuted": "red",
    "negated": "magenta",
    "unsourced": "red",
}


def heading(text: str) -> str:
    """Return a heading, bold on a terminal."""
    return style(safe(text), bold=True)


def info_view(answer: Info) -> str:
    """Return an entity with its names, parts and claims."""
    e = answer.entity
    lines = [heading(answer.title())]
    if e.description:
        lines.append(wrap(e.description))
    pairs = (
        ("also called", ", ".join(e.synonyms)),
        ("is a", ", ".join(label for _, label in answer.parents)),
        ("has", ", ".join(label for _, label in answer.members)),
        ("part of", ", ".join(label for _, label in answer.part_of)),
        ("brought by", ", ".join(answer.brought_by)),
        ("variants", "; ".join(answer.variants)),
        ("same as", ", ".join(e.xrefs)),
        ("facts", f"{answer.facts}, see `moagraph facts {e.label!r}`" if answer.facts else ""),
    )
    for name, value in pairs:
        if value:
            lines.append(wrap(f"{name}: {value}", "  ", "    "))
    if answer.phases:
        lines.append("  works in phases:")
        for phase, parts in groupby(answer.phases, key=lambda p: p[0]):
            words = ", ".join(f"{who} ({strength})" for _, who, strength in parts)
            lines.append(wrap(f"{phase}: {words}", "    ", "       "))
    for title, claims in (("Claims", answer.outgoing), ("Claims about it", answer.incoming)):
        if claims:
            lines += ["", heading(title)]
            lines += [_claim(claim) for claim in claims]
    return "\n".join(lines)


def _claim(claim: ClaimLine) -> str:
    papers = counted(claim.sources, "primary source")
    kind = "" if claim.kind == "mechanism" else f"{claim.kind}, "
    return wrap(f"{claim.words}  [{kind}{claim.status}, {papers}; {claim.id}]", "  ", "      ")


def search_view(answer: Hits) -> str:
    """Return the hits as a table."""
    if not answer.found:
        hint = f"; did you mean {', '.join(answer.suggestions)}?" if answer.suggestions else ""
        return f"nothing is called {safe(answer.text)!r}{hint}"
    return table(answer.columns[:4], [row[:4] for row in answer.rows()], whole=1)


def evidence_view(answer: EvidenceSheet) -> str:
    """Return evidence grouped by claim, refuting sources first."""
    if not answer.lines:
        return f"no claim and no evidence about {safe(answer.asked)}"
    lines: list[str] = []
    for (about, claim, status), rows in groupby(
        answer.lines, key=lambda line: (line.about, line.claim, line.status)
    ):
        lines += ["", heading(claim), f"  {about}: " + style(status, fg=STATUS_COLOURS.get(status))]
        for line in rows:
            row = line.evidence
            if row is None:
                lines.append("  no source: this claim is unsourced")
                continue
            stance = style(row.stance, fg=STANCE_COLOURS.get(row.stance))
            lines.append(f"  {stance}  {safe(line.reference)}")
            lines += [wrap(row.statement, "    ")] if row.statement else []
            details = "; ".join(d for d in (row.basis, row.eco, line.seen) if d)
            if details:
                lines.append(style(wrap(details, "    "), dim=True))
            lines += [wrap(quantity, "      ", "        ") for quantity in line.quantities]
    return "\n".join(lines[1:])


def facts_view(answer: FactSheet) -> str:
    """Return facts grouped by property."""
    if not answer.lines:
        return f"no such facts of {safe(answer.entity)}"
    lines = [heading(answer.title())]
    ordered = sorted(
        answer.lines,
        key=lambda line: line.fact.property if line.fact else (line.silent_on or ("",))[0],
    )
    for name, group in groupby(
        ordered, key=lambda line: line.fact.property if line.fact else (line.silent_on or ("",))[0]
    ):
        lines += ["", heading(name.replace("_", " "))]
        for line in group:
            fact = line.fact
            if fact is None:
                where = (line.silent_on or ("", "", ""))[1]
                about = ", ".join(p for p in (line.indication, where) if p)
                lines.append(wrap(f"{line.value} ({about}); {line.statement}", "  ", "    "))
                continue
            people = ", ".join(
                p for p in (fact.population, fact.arm, f"n={fact.n}" if fact.n else "") if p
            )
            status = "" if fact.status == "current" else fact.status
            details = (line.indication, line.regimen, fact.condition, people)
            place = (fact.jurisdiction, fact.date, status)
            words = "; ".join(d for d in (*details, *place) if d)
            lines.append(wrap(f"{line.value}" + (f"  [{words}]" if words else ""), "  ", "    "))
            if line.references:
                lines.append(style(wrap("; ".join(line.references), "      "), dim=True))
    return "\n".join([*lines, "", DISCLAIMER])


def stats_view(answer: Stats) -> str:
    """Return the counts, one per line."""
    longest = max(len(what) for what, _ in answer.counts)
    return "\n".join(
        [heading(answer.title())]
        + [f"  {what.ljust(longest)}  {count:>6}" for what, count in answer.counts]
    )


def article_view(answer: ArticleSheet) -> str:
    """Return the article claim by claim."""
    lines = [heading(answer.title())]
    colours = {"holds": "green", "partly": "yellow", "corrected": "red"}
    for claim, _, _ in answer.claims:
        lines.append("")
        lines.append(wrap(f"{claim.id}  {claim.claim}", "", "       "))
        lines.append(f"       {style(claim.status, fg=colours.get(claim.status))}")
        lines.append(wrap(f"lives in {', '.join(claim.held_by)}", "       ", "         "))
        if claim.corrected_by:
            words = f"corrected by {', '.join(claim.corrected_by)}"
            lines.append(wrap(words, "       ", "         "))
        if claim.remark:
            lines.append(wrap(claim.remark, "       "))
    return "\n".join(lines)
