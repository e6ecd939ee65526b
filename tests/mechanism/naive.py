"""An interpreter of section 4 by brute force, written from the text and sharing no code.

It lists every simple chain of claims and passages and tests each from scratch. It is slow, and
meant to be read beside the text: its only use is to be compared with the engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SIGN = {
    "increases": 1,
    "activates": 1,
    "sustains": 1,
    "decreases": -1,
    "inhibits": -1,
    "increases degradation of": -1,
    "restrains": -1,
    "affects": None,
}


@dataclass
class World:
    """A vector's graph with the question's background."""

    graph: dict[str, Any]
    question: dict[str, Any]
    entity: dict[str, dict[str, Any]] = field(default_factory=dict)
    stances: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entity = {e["id"]: e for e in self.graph["entities"]}
        for e in self.graph["evidence"]:
            self.stances.setdefault(e["about"], set()).add(e["stance"])
        self.without = set(self.question.get("without", []))
        self.states = set(self.question.get("state", []))

    def kind(self, name: str) -> str:
        return str(self.entity[name]["kind"])

    def up(self, name: str) -> set[str]:
        found = {name}
        for parent in self.entity.get(name, {}).get("parents", []):
            found |= self.up(parent)
        return found

    def rows(self, machine: str) -> list[dict[str, Any]]:
        return [r for r in self.graph.get("machines", []) if r["machine"] == machine]

    def peers(self, row: dict[str, Any]) -> list[str]:
        group = row.get("alternative_group")
        if not group:
            return [row["participant"]]
        return [
            r["participant"]
            for r in self.rows(row["machine"])
            if r["phase"] == row["phase"] and r.get("alternative_group") == group
        ]

    # -- presence

    def needs(self, complex_: str) -> list[list[str]]:
        needs = []
        for member in self.entity[complex_].get("members", []):
            rows = [r for r in self.rows(complex_) if r["participant"] == member]
            if not rows:
                needs.append([member])
            needs += [self.peers(r) for r in rows if r["strength"] == "essential"]
        return needs

    def there(self, name: str, cell: str, disease: str) -> bool:
        if name in self.without:
            return False
        if name in self.states:
            return True
        kind = self.kind(name)
        if kind == "state":
            return self.brought(name, cell, disease)
        if kind == "feature":
            owner = next(e["id"] for e in self.entity.values() if name in e.get("members", []))
            return self.there(owner, cell, disease)
        if kind == "complex":
            return all(any(self.there(m, cell, disease) for m in need) for need in self.needs(name))
        return True

    def brought(self, state: str, cell: str, disease: str) -> bool:
        carried = set()
        for value in (cell, disease):
            carried |= self.up(value) if value else set()
        for row in self.graph.get("states", []):
            if row["id"] == state:
                for item in row["brought_by"]:
                    if item in carried or (item[0] == "!" and item[1:] in self.without):
                        return True
        return False

    def term(self, term: str, cell: str, disease: str) -> bool:
        if not term.startswith("!"):
            return self.there(term, cell, disease)
        name = term[1:]
        if name in self.without:
            return True
        if name in self.states:
            return False
        return not (self.kind(name) == "state" and self.brought(name, cell, disease))

    def node_gone(self, node: str) -> bool:
        if self.kind(node) == "complex":
            return not self.there(node, "", "")
        return node in self.without

    # -- one claim

    def carry(self, limit: str, value: str) -> tuple[bool, str]:
        if not limit:
            return True, value
        if not value:
            return True, limit
        if limit in self.up(value):
            return True, value
        if value in self.up(limit):
            return True, limit
        return False, value

    def status(self, claim: dict[str, Any]) -> str:
        stances = self.stances.get(claim["id"], set())
        if {"supports", "refutes"} <= stances:
            return "contested"
        if "refutes" in stances:
            return "refuted"
        return "sound" if "supports" in stances else "unsourced"

    def blocked(self, claim: dict[str, Any], cell: str, disease: str) -> bool:
        for n in self.graph["assertions"]:
            if n["polarity"] != "negated" or self.status(n) != "sound":
                continue
            same = all(n[k] == claim[k] for k in ("subject", "object"))
            if not same or SIGN[n["relation"]] != SIGN[claim["relation"]]:
                continue
            limits = [(n.get("cell"), claim.get("cell"), cell)]
            limits.append((n.get("disease"), claim.get("disease"), disease))
            limits = [x for x in limits if x[0]]
            if limits and all(
                not own and value and limit in self.up(value) for limit, own, value in limits
            ):
                return True
        return False

    def phases(self, claim: dict[str, Any], cell: str, disease: str) -> tuple[list[int], bool]:
        """Return the reached phases and whether the machine does its work."""
        machine = claim.get("via")
        if not machine:
            return [], True
        if machine in self.without:
            return [], False
        listed = {r["participant"] for r in self.rows(machine)}
        whole = all(
            self.there(m, cell, disease)
            for m in self.entity[machine].get("members", [])
            if m not in listed
        )
        degrons = [
            group.split("|")
            for group in claim.get("requires", "").split(",")
            if group and all(self.kind(t.lstrip("!")) == "feature" for t in group.split("|"))
        ]
        numbers = {r["phase"] for r in self.rows(machine)} | ({2} if degrons else set())
        reached: list[int] = []
        for number in sorted(numbers):
            fine = all(
                any(self.there(p, cell, disease) for p in self.peers(r))
                for r in self.rows(machine)
                if r["phase"] == number and r["strength"] == "essential"
            )
            if number == 2:
                fine = fine and all(any(self.there(t, cell, disease) for t in g) for g in degrons)
            if not fine:
                return reached, False
            reached.append(number)
        return reached, whole

    def gate(self, claim: dict[str, Any], cell: str, disease: str) -> bool:
        for group in claim.get("requires", "").split(","):
            terms = [t for t in group.split("|") if t]
            features = all(self.kind(t.lstrip("!")) == "feature" for t in terms)
            if not terms or (claim.get("via") and features):
                continue
            if not any(self.term(t, cell, disease) for t in terms):
                return False
        return True

    # -- paths

    def targets(self) -> set[str]:
        b = self.question["b"]
        if self.kind(b) != "disease":
            return {b}
        return self.up(b) | {e for e in self.entity if b in self.up(e)}

    def paths(self) -> dict[tuple[str, ...], dict[str, Any]]:
        """Return every fired path by the ids of its steps and passages."""
        q = self.question
        start = q["a"]
        b = q["b"]
        disease = q.get("disease") or (b if self.kind(b) == "disease" else "")
        self.found: dict[tuple[str, ...], dict[str, Any]] = {}
        drug = self.kind(start) == "drug"
        if drug and start in self.without:
            return {}
        sign: int | None = -1 if start in self.without else 1
        self.start = start
        self.walk([start], [], sign, q.get("cell", ""), disease, {}, 0)
        return self.found

    def out(self, node: str) -> bool:
        if node == self.start:
            return False
        if self.kind(node) == "complex" and self.start in self.without:
            kept, self.without = self.without, self.without - {self.start}
            gone = self.node_gone(node)
            self.without = kept
            return gone
        return self.node_gone(node)

    def walk(
        self,
        nodes: list[str],
        ids: list[str],
        sign: int | None,
        cell: str,
        disease: str,
        phases: dict[str, list[int]],
        steps: int,
    ) -> None:
        here = nodes[-1]
        if len(nodes) > 1 and here in self.targets():
            self.found[tuple(ids)] = {"sign": sign, "cell": cell, "phases": phases}
            return
        if sign == -1:
            for e in self.entity.values():
                name = e["id"]
                if e["kind"] != "complex" or here not in e.get("members", []) or name in nodes:
                    continue
                alone = any(
                    here in need
                    and not any(self.there(m, cell, disease) for m in need if m != here)
                    for need in self.needs(name)
                )
                if alone and not self.out(name):
                    more = [*ids, f"{here}>{name}"]
                    self.walk([*nodes, name], more, sign, cell, disease, phases, steps)
        if steps == self.question.get("max_length", 8):
            return
        for claim in self.graph["assertions"]:
            if claim["subject"] != here or claim["object"] in nodes:
                continue
            if claim["kind"] != "mechanism" or claim["polarity"] != "asserted":
                continue
            fits_cell, at_cell = self.carry(claim.get("cell", ""), cell)
            fits_disease, at_disease = self.carry(claim.get("disease", ""), disease)
            if not (fits_cell and fits_disease) or self.out(claim["object"]):
                continue
            if self.blocked(claim, at_cell, at_disease):
                continue
            reached, works = self.phases(claim, at_cell, at_disease)
            if not works or not self.gate(claim, at_cell, at_disease):
                continue
            factor = SIGN[claim["relation"]]
            after = claim.get("object_cell", "") if claim.get("transfer") else at_cell
            self.walk(
                [*nodes, claim["object"]],
                [*ids, claim["id"]],
                None if factor is None or sign is None else sign * factor,
                after,
                at_disease,
                {**phases, claim["id"]: reached},
                steps + 1,
            )

    def verdict(self) -> str:
        """Return the verdict of the paths, or "" without one."""
        paths = self.paths()
        status = {a["id"]: self.status(a) for a in self.graph["assertions"]}
        clean = {
            ids: p
            for ids, p in paths.items()
            if not any(status.get(i) in ("contested", "refuted") for i in ids)
        }
        signs = {p["sign"] for p in (clean or paths).values()}
        known = signs - {None}
        if len(known) == 2:
            return "conflicting"
        if known:
            return "increases" if 1 in known else "decreases"
        return "changes" if signs else ""
