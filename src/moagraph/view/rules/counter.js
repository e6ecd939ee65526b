// What speaks against an answer; it stands on every answer and never changes the verdict.

class CounterEvidence {
  constructor({ engine, at, builder, verdict, walks, ruling, stopped }) {
    Object.assign(this, { engine, at, builder, verdict, ruling, stopped });
    this.graph = engine.graph;
    this.question = engine.background.question;
    this.steps = new Set(walks.flatMap((walk) => walk.steps.map((firing) => firing.claim)));
    this.nodes = new Set(walks.flatMap((walk) => walk.nodes)).add(this.question.a).add(this.question.b);
    this.signs = new Map();
    for (const claim of this.steps) push(this.signs, key(claim.subject, claim.object), claim.sign);
  }

  // Everything found, each claim under one heading.
  collect() {
    const rows = [...this._evidence(), ...this._between(), ...this._observations(), ...this._gates()];
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

  // Refuting and inconclusive evidence on the steps.
  _evidence() {
    const found = [];
    for (const claim of this.steps) {
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
    const opposes =
      claim.sign !== "unknown" && signs.some((sign) => sign !== "unknown") && !signs.includes(claim.sign);
    return opposes ? [this._row("opposite_claim", claim, "the opposite is claimed")] : NONE;
  }

  // Observations of A on B that differ from the verdict, wherever they were made.
  _observations() {
    if (!ONE_SIGN.has(this.verdict)) return NONE;
    const { a, b } = this.question;
    return (this.graph.bySubject.get(a) || NONE)
      .filter((claim) => isObserved(claim) && !claim.negated && meetsEnd(this.graph, claim.object, b))
      .filter((claim) => ONE_SIGN.has(word([claim.sign])) && word([claim.sign]) !== this.verdict)
      .map((claim) => this._row("observation", claim, "observed the other way"));
  }

  // Gate claims on the drug about what a route is made of that does not fire.
  _gates() {
    const names = new Set();
    for (const { firing, failures } of this.stopped) {
      failures.forEach((failed) => names.add(failed.what));
      if (firing) this.engine.touched(firing, false).forEach((name) => names.add(name));
    }
    const drugs = this.graph.ancestors(this.question.a);
    return sorted([...names].filter((name) => !drugs.has(name))).flatMap((name) =>
      (this.graph.bySubject.get(name) || NONE)
        .filter((claim) => claim.kind === "gate" && drugs.has(claim.object) && !claim.negated)
        .filter((claim) => !fit(this.graph, claim, this.at).misfits.length)
        .map((claim) => this._row("unused_route", claim, "this route is held to matter")),
    );
  }
}
