"""The answers to `effects` and `whatif` as text for people."""

from __future__ import annotations

from collections.abc import Iterator

from moagraph.answers.effects import Effects, EffectView, ObservedView
from moagraph.answers.whatif import BreakView, WhatIf, WhatIfEffect
from moagraph.counting import counted
from moagraph.formats.rows import chain, references
from moagraph_cli.terminal import safe, style, wrap
from moagraph_cli.views.explain import claims

_COLOURS = {"increases": "green", "decreases": "red", "changes": "yellow", "conflicting": "yellow"}
_MANY = 12


def effects_view(answer: Effects) -> str:
    """Return what rises and falls, by sign, then what was seen without a mechanism."""
    lines = [style(safe(f"Effects of {answer.a.label}"), bold=True)]
    if answer.text:
        lines.append(wrap(answer.text, "  "))
    for sign in ("decreases", "increases", "changes", "conflicting"):
        group = [e for e in answer.effects if e.sign == sign]
        if group:
            lines += ["", style(f"Predicted: {sign}", fg=_COLOURS[sign], bold=True)]
            for effect in group:
                lines += _effect(effect)
    predicted = {e.object.id for e in answer.effects}
    rest = [o for o in answer.observed if o.object.id not in predicted]
    if rest:
        lines += ["", style("Observed, no mechanism in the graph", bold=True)]
        for seen in rest:
            lines += _observed(seen)
    lines += claims("Reported for the class", answer.class_observations, _MANY)
    lines += ["", style(f"data {answer.data_version}", dim=True)]
    return "\n".join(lines)


def _effect(effect: EffectView) -> Iterator[str]:
    best = effect.paths[0] if effect.paths else None
    agreement = f"; observed {effect.observed_sign}: {effect.agreement}" if effect.agreement else ""
    disputed = " [disputed]" if effect.disputed else ""
    others = effect.path_count - 1
    more = f" (+{counted(others, 'path')})" if others > 0 else ""
    yield wrap(f"{effect.object.label}{disputed}{agreement}", "  ", "    ")
    if best:
        cell = f", in {best.cell.label}" if best.cell else ""
        yield style(wrap(f"{chain(best)}  {best.arithmetic}{cell}{more}", "      "), dim=True)


def _observed(seen: ObservedView) -> Iterator[str]:
    yield wrap(f"{seen.object.label}: {seen.sign}", "  ", "    ")
    for claim in seen.observations:
        names = references(claim.evidence)
        yield style(wrap(f"{claim.sentence} {names}", "      "), dim=True)


def whatif_view(answer: WhatIf) -> str:
    """Return what is lost, weakened, kept, changed and lifted."""
    lines: list[str] = []
    if answer.regimen_line:
        lines += [style(wrap(answer.regimen_line), bold=True), ""]
    lines.append(style(safe(f"What if: {answer.a.label}"), bold=True))
    if answer.text:
        lines.append(wrap(answer.text, "  "))
    if answer.b is not None:
        lines.append(
            wrap(
                f"on {answer.b.label}: {answer.verdict_before} before, "
                f"{answer.verdict_after} after",
                "  ",
            )
        )
    for title, effects, colour in (
        ("Lost", answer.lost, "red"),
        ("Weakened", answer.weakened, "yellow"),
        ("Changed", answer.changed, "yellow"),
        ("Lifted", answer.lifted, "green"),
    ):
        if effects:
            lines += ["", style(f"{title} ({len(effects)})", fg=colour, bold=True)]
            lines += _broken(effects)
    if answer.kept:
        lines += ["", style(f"Kept ({len(answer.kept)})", bold=True)]
        names = ", ".join(f"{e.object.label} ({e.sign})" for e in answer.kept)
        lines.append(wrap(names, "  "))
    lines += _beside(answer)
    lines += claims("Reported of this change", answer.gates, _MANY)
    lines += claims("What the second drug does directly", answer.blocked, _MANY)
    lines += claims("Reported interactions", answer.reported_interactions, _MANY)
    if answer.no_longer_explained:
        lines += ["", style("Observed, and no longer explained", bold=True)]
        lines.append(wrap(", ".join(answer.no_longer_explained), "  "))
    lines += ["", style(f"data {answer.data_version}", dim=True)]
    if answer.regimen_line:
        lines.append("Not medical advice.")
    return "\n".join(lines)


def _beside(answer: WhatIf) -> Iterator[str]:
    """Yield the paths lost and gained of effects that stay: of the end if one is asked."""
    stay = (*answer.weakened, *answer.kept, *answer.changed)
    ends = [e for e in stay if answer.b is None or e.object.id == answer.b.id]
    lost = [(e, e.paths_lost, e.stopped) for e in ends if e.paths_lost]
    gained = [(e, e.paths_gained, e.opened) for e in ends if e.paths_gained]
    for word, moved in (("lost", lost), ("gained", gained)):
        if moved:
            yield ""
            yield style(f"Still there, with paths {word}", bold=True)
        for effect, count, breaks in moved:
            by = ", ".join(dict.fromkeys(_break_text(item) for item in breaks))
            head = (
                f"{effect.object.label} ({_move(effect)}): {counted(count, 'path')} {word}, by {by}"
            )
            yield wrap(head, "  ", "    ")
            names = references([e for item in breaks for e in item.evidence])
            if names:
                yield style(wrap(names, "      ", "        "), dim=True)


def _broken(effects: tuple[WhatIfEffect, ...]) -> Iterator[str]:
    """Yield effects grouped by what broke them, with the evidence for the break."""
    groups: dict[tuple[str, ...], list[WhatIfEffect]] = {}
    for effect in effects:
        key = tuple(dict.fromkeys(_break_words(effect)))
        groups.setdefault(key, []).append(effect)
    for key, members in groups.items():
        names = ", ".join(f"{e.object.label} ({_move(e)})" for e in members)
        yield wrap(names, "  ", "    ")
        for words in key:
            yield wrap(words, "      ", "        ")
        names = references([e for m in members for b in m.breaks for e in b.evidence])
        if not names and any(b.phase for m in members for b in m.breaks):
            names = "no source in the graph shows it for this drug"
        if names:
            yield style(wrap(names, "      ", "        "), dim=True)


def _break_words(effect: WhatIfEffect) -> Iterator[str]:
    lead = "let through by " if effect.let_through_by else ""
    for item in effect.breaks:
        yield lead + _break_text(item)


def _break_text(item: BreakView) -> str:
    return f"{item.what.label} (phase {item.phase})" if item.phase else item.what.label


def _move(effect: WhatIfEffect) -> str:
    if effect.before and effect.after and effect.before != effect.after:
        return f"{effect.before} before, {effect.after} after"
    return effect.sign
