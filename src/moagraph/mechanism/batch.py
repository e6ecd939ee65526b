"""`batch`: many pairs, one row each, as they come; a bad line is a row with an error.

A line is two names with a tab between; blank lines and those that begin with `#` are passed
over. Names are resolved as everywhere; nothing is read or written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from moagraph.answers.answer import Answer
from moagraph.answers.parts import Part
from moagraph.answers.reaching import path_words
from moagraph.answers.words import cited
from moagraph.errors import MoagraphError
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.explain import explain
from moagraph.mechanism.question import Question

COLUMNS = (
    "line",
    "a",
    "b",
    "verdict",
    "agreement",
    "sign",
    "paths",
    "capped",
    "best_path",
    "steps",
    "sourced",
    "references",
    "error",
)
_SIGNS = {"increases": "1", "decreases": "-1", "changes": "unknown"}


class BatchRow(Part):
    """The answer to one line.

    `a` and `b` are the names as they were written, `steps` the claims of the best path,
    `sign` that of the verdict, `error` the message for a line that has no answer.
    `capped` is empty where every path within the bound is counted in `paths`; `not_all_listed`
    where there are more paths, of which all voted; `not_all_voted` where there are more than
    could be counted and the verdict rests on the shortest.
    """

    line: int
    a: str
    b: str
    verdict: str = ""
    agreement: str = ""
    sign: str = ""
    paths: int = 0
    capped: str = ""
    best_path: str = ""
    steps: tuple[str, ...] = ()
    sourced: str = ""
    references: tuple[str, ...] = ()
    error: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return the fields as text in the order of `COLUMNS`, lists joined by `|`."""
        return (
            str(self.line),
            self.a,
            self.b,
            self.verdict,
            self.agreement,
            self.sign,
            "" if self.error else str(self.paths),
            self.capped,
            self.best_path,
            "|".join(self.steps),
            self.sourced,
            "|".join(self.references),
            self.error,
        )


def batch(
    kb: KnowledgeBase, lines: Iterable[str], template: Question | None = None
) -> Iterator[BatchRow]:
    """Yield a row for every line that holds a pair, and for every bad one.

    Args:
        lines: text lines, numbered from one in the order of coming.
        template: a question whose context, background and filters every pair takes.
    """
    asked = template or Question("")
    for number, line in enumerate(lines, start=1):
        text = line.rstrip("\r\n")
        if number == 1:
            text = text.removeprefix("\ufeff")
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        names = [part.strip() for part in text.split("\t")]
        if len(names) != 2 or not all(names):
            error = f"expected two names with a tab between, found {len(names)} columns"
            if len(names) == 2:
                error = "one of the two names is empty"
            a, b = [*names, ""][:2]
            yield BatchRow(number, a, b, error=error)
            continue
        yield _answered(kb, number, names[0], names[1], asked)


def _answered(kb: KnowledgeBase, number: int, a: str, b: str, asked: Question) -> BatchRow:
    kb.forget()
    try:
        question = replace(asked, a=kb.resolve(a).id, b=kb.resolve(b).id)
        return _row(number, a, b, explain(kb, question))
    except MoagraphError as error:
        return BatchRow(number, a, b, error=error.message)


def _row(number: int, a: str, b: str, answer: Answer) -> BatchRow:
    best = answer.paths[0] if answer.paths else None
    shown = best.steps if best else (*answer.observations, *answer.shown_not_by)
    verdict = answer.verdict
    if verdict == "observed_only":
        verdict_sign = _SIGNS.get(answer.observed_sign, "")
    else:
        verdict_sign = _SIGNS.get(verdict, "")
    return BatchRow(
        number,
        a,
        b,
        verdict,
        answer.agreement,
        verdict_sign,
        len(answer.paths),
        _capped(answer),
        path_words(best) if best else "",
        tuple(step.id for step in best.steps) if best else (),
        best.sourced if best else "",
        cited(e for each in shown for e in each.evidence),
    )


def _capped(answer: Answer) -> str:
    if not answer.exhausted:
        return "not_all_voted"
    return "not_all_listed" if answer.capped else ""
