"""The answer to `explain` as text for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from moagraph.answers.answer import Answer
from moagraph.answers.glossary import explained
from moagraph.answers.parts import (
    ClaimView,
    CounterView,
    EvidenceView,
    PathView,
    PhaseView,
    StepView,
)
from moagraph.answers.words import by_weight, cited, participants_phrase
from moagraph.counting import counted
from moagraph_cli.terminal import SIGN_COLOURS, safe, style, wrap

VERDICT_COLOURS = {
    "decreases": "red",
    "increases": "green",
    "changes": "yellow",
    "conflicting": "yellow",
    "observed_only": "cyan",
    "shown_not": "magenta",
    "none": "white",
}
_SYMBOL = {1: "+", -1: "-", "unknown": "?"}
_REFERENCES = 2
_OBSERVATIONS = 5
_RECORDS = 6
_ONE_LINERS = 15


def explain_view(
    answer: Answer,
    typed: Callable[[str], str] = str,
    *,
    level: str = "",
    show_all: bool = False,
) -> str:
    """Return the answer as text; `level` is "", student or curator.

    `typed` returns a command as it is typed to ask the same data.
    """
    lines = list(_Explained(answer, level, show_all, typed).lines())
    if level == "student":
        words = explained("\n".join(lines))
        lines += ["", style("Words", bold=True)]
        lines += [wrap(f"{word}: {meaning}", "  ", "    ") for word, meaning in words]
    return "\n".join(lines)


class _Explained:
    def __init__(
        self, answer: Answer, level: str, show_all: bool, typed: Callable[[str], str]
    ) -> None:
        self.answer = answer
        self.typed = typed
        self.level = level
        self.shown = list(answer.paths) if show_all else best_paths(answer)
        self.phases_told: set[tuple[str, ...]] = set()

    def lines(self) -> Iterator[str]:
        answer = self.answer
        if answer.regimen_line:
            yield style(wrap(answer.regimen_line), bold=True)
            yield ""
        yield style(safe(f"{answer.a.label} -> {answer.b.label}"), bold=True)
        colour = VERDICT_COLOURS.get(answer.verdict)
        yield style(answer.verdict.upper().replace("_", " "), fg=colour, bold=True)
        yield wrap(answer.text, "  ")
        if len(answer.arms) > 1:
            yield from self._arms()
        for path in self.shown:
            yield ""
            yield from self._path(path)
        yield from self._further()
        yield from self._rest()
        yield ""
        yield style(f"data {answer.data_version}", dim=True)
        if self._clinical():
            yield "Not medical advice."

    def _clinical(self) -> bool:
        return bool(self.answer.regimen) or any(
            o.kind == "outcome" for o in self.answer.observations
        )

    def _arms(self) -> Iterator[str]:
        yield ""
        yield style("Arms", bold=True) + " (by first target and cell; listed, never summed)"
        for arm in self.answer.arms:
            cell = f" in {arm.cell.label}" if arm.cell else ""
            vote = "" if arm.voting else ", disputed"
            count = counted(len(arm.paths), "path")
            yield wrap(f"{arm.neosubstrate.label}{cell}: {arm.sign} ({count}{vote})", "  ", "    ")

    def _further(self) -> Iterator[str]:
        told = {path.rank for path in self.shown}
        rest = [path for path in self.answer.paths if path.rank not in told]
        if not rest:
            return
        yield ""
        yield style("Further paths", bold=True) + " (--all shows their steps and sources)"
        for path in rest[:_ONE_LINERS]:
            yield wrap(one_line(path), f" {path.rank:>3} ", "       ")
        if len(rest) > _ONE_LINERS:
            yield f"     and {len(rest) - _ONE_LINERS} more"

    def _path(self, path: PathView) -> Iterator[str]:
        total = len(self.answer.paths)
        head = f"Path {path.rank} of {total}"
        marks = [path.arithmetic, path.sourced]
        marks += ["DISPUTED"] if path.disputed else []
        yield style(head, bold=True) + "  " + "   ".join(marks)
        if self.level == "curator" or path.rank == 1:
            yield style(wrap(f"ranked by: {path.why_ranked}", "  ", "    "), dim=True)
        if path.foreign:
            records = ", ".join(path.foreign[:_RECORDS])
            more = len(path.foreign) - _RECORDS
            records += f" and {more} more" if more > 0 else ""
            yield style(wrap(f"records: {records}", "  ", "    "), dim=True)
        passages = {p.after: p for p in path.passages}
        if 0 in passages:
            yield wrap(f"=> {passages[0].sentence}", "   ", "      ")
        for number, step in enumerate(path.steps, start=1):
            yield from self._step(number, step)
            if number in passages:
                yield wrap(f"=> {passages[number].sentence}", "   ", "      ")

    def _step(self, number: int, step: StepView) -> Iterator[str]:
        sign = style(f"[{_SYMBOL[step.sign]}]", fg=SIGN_COLOURS[step.sign])
        yield f" {number} {sign} " + wrap(claim_sentence(step), "       ").removeprefix("       ")
        for mark in step_marks(step):
            yield wrap(mark, "       ", "         ")
        if step.note:
            yield style(wrap(f"note: {step.note}", "       ", "         "), dim=True)
        if step.phases:
            yield from self._phases(step)
        yield from self._evidence(step.evidence)

    def _phases(self, step: StepView) -> Iterator[str]:
        for phase in step.phases:
            key = (str(phase.number), *(p.id for p in phase.participants))
            if key in self.phases_told and phase.reached:
                continue
            self.phases_told.add(key)
            yield wrap(phase_line(phase), "       ", "         ")

    def _evidence(self, evidence: Sequence[EvidenceView]) -> Iterator[str]:
        if not evidence:
            yield "       no source: this step is unsourced"
            return
        ordered = sorted(evidence, key=_strength)
        if self.level == "curator":
            for row in ordered:
                details = ", ".join(d for d in (row.stance, row.basis, row.eco) if d)
                yield wrap(f"{row.reference} [{details}]", "       ", "         ")
                if row.statement:
                    yield wrap(row.statement, "         ")
                places = [p.label for p in (*row.cell, *row.disease, *row.species)]
                places += [row.system] if row.system else []
                if places:
                    yield wrap(f"seen in: {', '.join(places)}", "         ", "           ")
            return
        against = [row for row in ordered if row.stance == "refutes"]
        supporting = [row for row in ordered if row.stance == "supports"]
        names = list(dict.fromkeys(row.reference for row in supporting))
        more = len(names) - _REFERENCES
        line = "; ".join(names[:_REFERENCES]) + (f"; +{more} more" if more > 0 else "")
        if line:
            yield style(wrap(line, "       ", "         "), dim=True)
        for row in against:
            yield style(wrap(f"against: {row.reference}", "       ", "         "), fg="yellow")

    def _rest(self) -> Iterator[str]:
        answer = self.answer
        if answer.reasons:
            yield ""
            yield style("Why not", bold=True)
            for reason in answer.reasons:
                yield wrap(f"{reason.code}: {reason.text}", "  ", "    ")
        if answer.nearby:
            yield ""
            yield style("Ask instead", bold=True)
            # A command that is broken over lines cannot be copied.
            yield from (f"  {safe(self.typed(other.command))}" for other in answer.nearby)
        yield from claims("Shown not", answer.shown_not_by)
        yield from self._counter()
        yield from claims("Observed", answer.observations, _OBSERVATIONS)
        yield from claims("Reported for the class", answer.class_observations, _OBSERVATIONS)
        yield from claims("Of combinations with it", answer.combination_outcomes, _OBSERVATIONS)
        yield from claims("Also said of the two", answer.other_claims, _OBSERVATIONS)
        yield from claims("Reported interactions", answer.reported_interactions, _OBSERVATIONS)
        if answer.per_species:
            yield ""
            yield style("By species", bold=True)
            for other in answer.per_species.values():
                yield wrap(f"{other.text}", "  ", "    ")

    def _counter(self) -> Iterator[str]:
        against, unsettled = by_weight(self.answer.counter_evidence)
        yield ""
        if against:
            yield style("Against", bold=True)
        else:
            yield "Against: nothing in the graph speaks against this answer."
        for counter in against:
            yield wrap(counter_line(counter), "  - ", "    ")
        if unsettled:
            yield ""
            yield style("Left open by some of the evidence", bold=True)
        for counter in unsettled:
            yield wrap(counter_line(counter), "  - ", "    ")


def best_paths(answer: Answer, limit: int = 3) -> list[PathView]:
    """Return the paths to show in full: the best, the next arms', and the best between cells."""
    firsts = {arm.paths[0] for arm in answer.arms[: limit - 1] if arm.paths}
    chosen = [path for path in answer.paths if path.rank in firsts]
    if not any(_crosses(path) for path in chosen):
        chosen += [path for path in answer.paths if _crosses(path)][:1]
    return chosen or list(answer.paths[:limit])


def _crosses(path: PathView) -> bool:
    return any(step.transfer for step in path.steps)


def one_line(path: PathView) -> str:
    """Return a path as a chain of names joined by arrows, with its arithmetic."""
    arrows = {1: "->", -1: "-|", "unknown": "-?"}
    words = [path.steps[0].subject.label] if path.steps else []
    for step in path.steps:
        words += [arrows[step.sign], step.object.label]
    marks = " [disputed]" if path.disputed or not path.voting else ""
    return f"{' '.join(words)}  {path.arithmetic}{marks}"


def claim_sentence(step: StepView) -> str:
    """Return the step as one sentence without phases, which are shown below it."""
    words = f"{step.subject.label} {step.relation} {step.object.label}"
    if step.via:
        words += f" through {step.via.label}"
    places = [p.label for p in (step.cell, step.disease, step.species) if p]
    if places:
        words += f", in {', '.join(places)}"
    if step.transfer:
        words += f"; {step.transfer}" + (
            f", to {step.object_cell.label}" if step.object_cell else ""
        )
    return words


def step_marks(step: StepView) -> Iterator[str]:
    """Yield what else must be known of a step."""
    if step.status not in ("supported", ""):
        yield f"status: {step.status}"
    if step.needs:
        yield f"needs: {step.needs}"
    if step.extent:
        yield f"extent: {step.extent}"
    if step.weakened_by:
        yield f"weakened without {', '.join(r.label for r in step.weakened_by)}"
    if step.by_orthology:
        yield "carried over from human by orthology"
    if step.unknown_features:
        yield f"not known in this species: {', '.join(r.label for r in step.unknown_features)}"
    if step.self_effect_on:
        yield f"the drug itself moves {', '.join(r.label for r in step.self_effect_on)}"


def phase_line(phase: PhaseView) -> str:
    """Return one phase with its participants, and what blocks it."""
    head = f"{phase.number} {phase.name}: {participants_phrase(phase, absent_too=True)}"
    if phase.reached:
        return head
    blocked = ", ".join(r.label for r in phase.blocked_by)
    return f"{head} - NOT REACHED" + (f", {blocked} is missing" if blocked else "")


def claims(title: str, views: Sequence[ClaimView], limit: int = 0) -> Iterator[str]:
    """Yield claims under a title, each with its references."""
    if not views:
        return
    yield ""
    yield style(title, bold=True)
    shown = views[:limit] if limit else views
    for view in shown:
        names = _sources(view)
        yield wrap(f"{view.sentence}" + (f" {names}" if names else ""), "  - ", "    ")
        if view.note:
            yield style(wrap(f"note: {view.note}", "    ", "      "), dim=True)
    if len(shown) < len(views):
        yield f"  and {len(views) - len(shown)} more, see -O json"


def _sources(view: ClaimView) -> str:
    """Return the best supporting references, and all that speak against the claim."""
    rows = sorted(view.evidence, key=_strength)
    names = cited(e for e in rows if e.stance == "supports")[:_REFERENCES]
    return "; ".join((*names, *cited(e for e in rows if e.stance == "refutes")))


def counter_line(counter: CounterView) -> str:
    """Return one piece of counter-evidence with its references."""
    names = "; ".join(e.reference for e in counter.evidence[:_REFERENCES])
    return counter.text + (f" ({names})" if names and names not in counter.text else "")


def _strength(row: EvidenceView) -> tuple[int, int, int, str]:
    bases = {"full text": 0, "abstract": 1, "title": 2, "secondary": 3}
    kinds = {"primary": 0, "label": 0, "preprint": 1, "review": 2}
    identified = 0 if "PMID:" in row.reference or "doi:" in row.reference else 1
    return kinds.get(row.source_kind, 3), identified, bases.get(row.basis, 4), row.id
