// From walks and claims to the plain values of answers.

const byId = (map, name, make) => {
  if (!map.has(name)) map.set(name, make());
  return map.get(name);
};

class Builder {
  constructor(graph) {
    this.graph = graph;
    this._steps = new Map();
    this._claims = new Map();
  }

  ref(id) {
    return { id, label: this.graph.label(id) };
  }

  maybe(id) {
    return id ? this.ref(id) : null;
  }

  refs(ids) {
    return unique(ids).map((id) => this.ref(id));
  }

  _seenIn(claim) {
    return this.refs(AXES.flatMap((axis) => claim.seen[axis]));
  }

  // -- claims that are shown and not walked

  claim(claim) {
    return byId(this._claims, claim, () => this._claim(claim));
  }

  claims(claims) {
    return claims.map((claim) => this.claim(claim));
  }

  _claim(claim) {
    const [subject, object] = [this.ref(claim.subject), this.ref(claim.object)];
    const [cell, disease, species] = AXES.map((axis) => this.maybe(claim[axis]));
    const needs = this._needs(claim);
    const verb = claim.negated ? `was shown not to ${infinitive(claim.relation)}` : claim.relation;
    return {
      id: claim.id,
      kind: claim.kind,
      subject,
      relation: claim.relation,
      object,
      sign: SIGN_WORDS.get(claim.sign) || "",
      polarity: claim.negated ? "negated" : "asserted",
      status: claim.status,
      sentence: `${subject.label} ${verb} ${object.label}${place([cell, disease, species])}${needs ? `, given ${needs}` : ""}.`,
      cell,
      disease,
      species,
      seen_in: this._seenIn(claim),
    };
  }

  // -- steps

  step(engine, firing, moved = NONE) {
    const held = byId(this._steps, firing, () => new Map());
    return byId(held, key(...moved), () => this._step(engine, firing, moved));
  }

  _step(engine, firing, moved) {
    const { claim } = firing;
    const [cell, disease, species] = AXES.map((axis) => this.maybe(claim[axis]));
    const step = {
      id: claim.id,
      subject: this.ref(claim.subject),
      relation: claim.relation,
      object: this.ref(claim.object),
      sign: claim.sign,
      kind: claim.kind,
      via: this.maybe(claim.via),
      requires: claim.requires.map((group) => group.map(termText).join("|")).join(","),
      phases: firing.phases.map((phase) => this._phase(engine, firing, phase)),
      cell,
      disease,
      species,
      seen_in: this._seenIn(claim),
      directness: claim.directness,
      extent: claim.extent,
      status: claim.status,
      self_effect: moved.length > 0,
      weakened_by: this.refs(firing.weakenedBy),
      unknown_features: this.refs(firing.unknownFeatures),
      by_orthology: firing.byOrthology,
      transfer: claim.transfer,
      object_cell: this.maybe(claim.objectCell),
      fires: firing.fires,
      self_effect_on: this.refs(moved),
      needs: this._needs(claim),
    };
    step.sentence = stepSentence(step);
    return step;
  }

  // The gate in words; the degron is told with the phases.
  _needs(claim) {
    return claim.gates.map((group) => this._gate(group)).join(", and ");
  }

  _gate(group) {
    return group.map((t) => `${t.negated ? "absence of " : ""}${this.graph.label(t.entity)}`).join(" or ");
  }

  _phase(engine, firing, phase) {
    const rows = (this.graph.machineRows.get(firing.claim.via) || NONE).filter((r) => r.phase === phase.number);
    return {
      name: this.graph.vocabulary.phases[phase.number],
      participants: phase.participants.map((id) => {
        const row = rows.filter((r) => r.participant === id).pop();
        return {
          id,
          label: this.graph.label(id),
          present: engine.background.present(id, firing.at),
          strength: !row || row.essential ? "essential" : "supportive",
          alternative_group: row ? row.group : "",
        };
      }),
      reached: phase.reached,
      blocked_by: this.refs(phase.missing),
      shown_by: phase.shown,
      number: phase.number,
    };
  }

  // -- paths

  path(engine, walk, more) {
    const steps = walk.steps.map((firing) => this.step(engine, firing, more.moved ? more.moved.of(firing) : NONE));
    const records = recordsCrossed(walk);
    const sourced = steps.filter((step) => step.status !== "unsourced").length;
    return {
      steps,
      sign: walk.sign,
      rank: more.rank,
      why_ranked: more.why,
      disputed: isDisputed(walk),
      contexts: contextsOf(walk),
      sourced: `${sourced} of ${steps.length} steps sourced`,
      length: steps.length,
      records: records.length ? records : walk.ids,
      voting: more.voting,
      start_sign: walk.startSign,
      arithmetic: arithmetic(walk.steps.map((f) => f.claim.sign), walk.sign, walk.startSign),
      passages: walk.passages.map((passage) => this._passage(passage)),
      narrower: narrowerOf(this.graph, walk, more.end),
      cell: this.maybe(walk.at.cell),
      end: this.ref(walk.end),
    };
  }

  // Paths in their order, the best `limit` of them.
  ranked(engine, at, found, { end, limit, moved }) {
    const ranker = new Ranker(this.graph, at);
    const { votes } = found.vote;
    return ranker
      .order(found.walks, votes)
      .slice(0, limit)
      .map((walk, place) =>
        this.path(engine, walk, { moved, end, rank: place + 1, why: ranker.why(walk), voting: votes.has(walk) }),
      );
  }

  _passage({ after, component, complex }) {
    const [part, whole] = [this.ref(component), this.ref(complex)];
    const sentence =
      `${part.label} is an essential component of ${whole.label}, so less ${part.label} is less ${whole.label}.`;
    return { after, component: part, complex: whole, sentence };
  }
}

const termText = (term) => (term.negated ? `!${term.entity}` : term.entity);

function contextsOf(walk) {
  const carried = walk.steps.flatMap((firing) => [firing.at.cell, firing.at.disease]);
  carried.push(walk.at.cell);
  if (walk.steps.length) carried.push(walk.steps[walk.steps.length - 1].at.species);
  return unique(carried.filter(Boolean));
}
