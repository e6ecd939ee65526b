// What speaks against an answer; it stands on every answer and never changes the verdict.

class CounterEvidence {
  constructor({ engine, at, builder, verdict, walks, ruling, stopped, observed }) {
    Object.assign(this, { engine, at, builder, verdict, ruling, stopped, observed });
    this.graph = engine.graph;
    this.question = engine.background.question;
    this.steps = new Set(walks.flatMap((walk) => walk.steps.map((firing) => firing.claim)));
    this.nodes = new Set(walks.flatMap((walk) => walk.nodes)).add(this.question.a).add(this.question.b);
    this.signs = new Map();
    for (const claim of this.steps) push(this.signs, key(claim.subject, claim.object), claim.sign);
    this.moves = netSigns(walks);
    const carried = walks.flatMap((walk) => walk.steps.flatMap((firing) => [firing.at.cell, firing.after.cell]));
    this.cells = unique(carried.filter(Boolean));
    this.drugs = this.graph.ancestors(this.question.a);
  }

  // Everything found, each claim under one heading.
  collect() {
    const rows = [
      ...this._evidence(), ...this._between(), ...this._onTheWay(), ...this._observations(), ...this._needless(),
      ...this._gates(),
    ];
    const found = new Map();
    for (const row of rows) {
      const name = key(row.claim.id, row.about);
      if (!found.has(name)) found.set(name, row);
    }
    return [...found.values()];
  }

  _row(code, claim, text, about = `${claim.subject} ${claim.object}`) {
    const shown = this.builder.claim(claim);
    return { code, text: `${text}: ${shown.sentence}`, about, claim: shown };
  }

  // Refuting and inconclusive evidence on the steps and on what was observed.
  _evidence() {
    const found = [];
    for (const claim of [...this.steps, ...this.ruling, ...this.observed]) {
      const { refutes, inconclusive } = claim.against;
      if (refutes) found.push(this._row("refuting_evidence", claim, `${refutes} speaks against`, claim.id));
      if (inconclusive) {
        found.push(this._row("inconclusive_evidence", claim, `${inconclusive} does not settle`, claim.id));
      }
    }
    return found;
  }

  // Negated and opposite claims between nodes of the paths, wherever they were made.
  _between() {
    return sorted(this.nodes).flatMap((node) =>
      (this.graph.bySubject.get(node) || NONE)
        .filter((claim) => this._isBetween(claim))
        .flatMap((claim) => this._opposition(claim)),
    );
  }

  _isBetween(claim) {
    if (!this.nodes.has(claim.object) || !walkable(claim.sign) || this.steps.has(claim)) return false;
    return (claim.kind === "mechanism" || claim.kind === "observation") && !this.ruling.includes(claim);
  }

  _opposition(claim) {
    const signs = this.signs.get(key(claim.subject, claim.object)) || NONE;
    const isAsked = claim.subject === this.question.a && claim.object === this.question.b;
    if (claim.negated) {
      return signs.length || isAsked ? [this._row("negated_claim", claim, "against it")] : NONE;
    }
    return opposes(claim.sign, signs) ? [this._row("opposite_claim", claim, "the opposite is claimed")] : NONE;
  }

  // Claims that A does not move a node of its paths as they say, or the other way.
  _onTheWay() {
    return (this.graph.bySubject.get(this.question.a) || NONE)
      .filter((claim) => claim.kind === "mechanism" || claim.kind === "observation")
      .filter((claim) => !this.steps.has(claim) && !this.ruling.includes(claim))
      .filter((claim) => !fit(this.graph, claim, this.at).misfits.some(([axis]) => axis === "species"))
      .flatMap((claim) => {
        const signs = this.moves.get(claim.object) || NONE;
        if (claim.negated) return signs.includes(claim.sign) ? [this._row("negated_claim", claim, "against it")] : NONE;
        const other = walkable(claim.sign) && opposes(claim.sign, signs);
        return other ? [this._row("opposite_claim", claim, "seen the other way")] : NONE;
      });
  }

  // Observations of A on B that differ from the verdict, wherever they were made.
  _observations() {
    if (!ONE_SIGN.has(this.verdict) && !["shown_not", "none"].includes(this.verdict)) return NONE;
    const where = this.verdict === "none" ? "observed elsewhere" : "observed the other way";
    const { a, b } = this.question;
    return (this.graph.bySubject.get(a) || NONE)
      .filter((claim) => isObserved(claim) && !claim.negated && meetsEnd(this.graph, claim.object, b))
      .filter((claim) => ONE_SIGN.has(word([claim.sign])) && word([claim.sign]) !== this.verdict)
      .map((claim) => this._row("observation", claim, where));
  }

  // Claims that a node of a path does not matter to the drug.
  _needless() {
    return this._gatesOn(this.nodes)
      .filter((claim) => claim.status === "negated")
      .map((claim) => this._row("negated_claim", claim, "against it"));
  }

  // Gate claims on the drug about the nodes of routes that do not fire.
  _gates() {
    const claims = this.stopped.flatMap(({ firing, passed }) => [...passed, ...(firing ? [firing] : NONE)]);
    const names = claims.flatMap(({ claim }) => [claim.subject, claim.object]);
    return this._gatesOn(unique(names).filter((name) => !this.nodes.has(name)))
      .filter((claim) => !claim.negated)
      .map((claim) => this._row("unused_route", claim, "this route is held to matter"));
  }

  // The gate claims about some things and the drug that speak of this place.
  _gatesOn(names) {
    return sorted([...names].filter((name) => !this.drugs.has(name))).flatMap((name) =>
      (this.graph.bySubject.get(name) || NONE)
        .filter((claim) => claim.kind === "gate" && this.drugs.has(claim.object))
        .filter((claim) => this._isHere(claim)),
    );
  }

  // Whether a claim fits the context, and names no cell that no path comes through.
  _isHere(claim) {
    if (fit(this.graph, claim, this.at).misfits.length || (claim.disease && !this.at.disease)) return false;
    const isNear = (cell) => this.graph.isA(claim.cell, cell) || this.graph.isA(cell, claim.cell);
    return !claim.cell || !this.cells.length || this.cells.some(isNear);
  }
}

const opposes = (sign, signs) => sign !== "unknown" && signs.some((s) => s !== "unknown") && !signs.includes(sign);

// How the paths move the nodes between their ends, of a start that is given.
function netSigns(walks) {
  const found = new Map();
  for (const walk of walks.filter(({ startSign }) => startSign === 1)) {
    let sign = 1;
    for (const { claim } of walk.steps.slice(0, -1)) {
      sign = times(sign, claim.sign);
      push(found, claim.object, sign);
    }
  }
  return found;
}
