// Whether one claim fires at one point of a path, and what its machine does there.

const RECRUIT = 2;
const AXES = ["cell", "disease", "species"];

// How the restrictions of a claim meet what is carried: an ancestor fits, a descendant is narrower.
function fit(graph, claim, carried) {
  const values = { cell: carried.cell, disease: carried.disease, species: carried.species };
  const narrower = [];
  const misfits = [];
  for (const axis of AXES) {
    const restriction = claim[axis];
    const value = values[axis];
    if (!restriction || restriction === value) continue;
    if (!value) values[axis] = restriction;
    else if (graph.isA(value, restriction)) continue;
    else if (graph.isA(restriction, value)) {
      values[axis] = restriction;
      narrower.push(restriction);
    } else misfits.push([axis, restriction]);
  }
  return { at: graph.context(values.cell, values.disease, values.species), narrower, misfits };
}

// Whether a claim on a node is a claim on the end asked for; of diseases, above and below too.
function meetsEnd(graph, node, end) {
  if (node === end) return { below: NONE };
  if (graph.kind(end) !== "disease") return null;
  if (graph.isA(end, node)) return { below: NONE };
  return graph.isA(node, end) ? { below: [node] } : null;
}

function failure(code, what, more) {
  return { code, what, who: NONE, wantedAbsent: false, phase: 0, ...more };
}

function uniqueFailures(failures) {
  if (failures.length < 2) return failures;
  return [...new Map(failures.map((f) => [JSON.stringify(f), f])).values()];
}

// Fires claims in one background; remembers what it has worked out.
class Engine {
  constructor(background) {
    this.background = background;
    this.graph = background.graph;
    this.work = background.question.work;
    this._known = new Map();
  }

  fire(claim, carried) {
    let here = this._known.get(carried);
    if (!here) {
      here = new Map();
      this._known.set(carried, here);
    }
    let found = here.get(claim);
    if (!found) {
      found = this._fire(claim, carried);
      here.set(claim, found);
    }
    return found;
  }

  _fire(claim, carried) {
    const { background, graph } = this;
    const { at, narrower, misfits } = fit(graph, claim, carried);
    const { phases, missing, weak } = this._phases(claim, at);
    let failures = this._contextFailures(claim, misfits, at);
    if (!failures.length) {
      const gone = background.gone(claim.object) ? [failure("missing_participant", claim.object)] : NONE;
      failures = [...gone, ...missing, ...this._gateFailures(claim, at)];
    }
    const fires = !failures.length;
    const byOrthology = !background.human && !claim.species && fires;
    return {
      claim,
      at,
      after: claim.transfer ? graph.context(claim.objectCell, at.disease, at.species) : at,
      failures: uniqueFailures(failures),
      fires,
      phases,
      weakenedBy: fires ? weak : NONE,
      unknownFeatures: byOrthology ? this._unknownFeatures(claim, at) : NONE,
      byOrthology,
      narrower,
    };
  }

  // -- context

  _contextFailures(claim, misfits, at) {
    const foreign = misfits.find(([axis]) => axis === "species");
    if (foreign) return [failure("other_species", foreign[1])];
    if (this.replaced(claim)) return [failure("other_species", this.background.species)];
    if (misfits.length) return misfits.map(([, restriction]) => failure("other_context", restriction));
    return this.blockers(claim, at).map((negated) => failure("negated", negated.id));
  }

  // Whether a claim made in the species of the question stands in for this one.
  replaced(claim) {
    if (this.background.human || claim.species) return false;
    return this.graph.madeIn.has(key(claim.kind, claim.subject, claim.object, this.background.species));
  }

  // The negated claims that block this one where it is unrestricted.
  blockers(claim, at) {
    const rows = this.graph.negated.get(key(claim.subject, claim.object, claim.sign)) || NONE;
    return rows.filter((negated) =>
      AXES.every(
        (axis) =>
          !negated[axis] || (!claim[axis] && at[axis] !== "" && this.graph.isA(at[axis], negated[axis])),
      ),
    );
  }

  // -- participants

  _phases(claim, at) {
    const phases = [];
    const weak = [];
    if (!claim.via) return { phases, missing: NONE, weak };
    const machine = this.graph.machine(claim.via);
    const missing = this._machineFailures(machine);
    let reached = !(missing.length && missing[0].what === machine.id);
    const spared = this.graph.spared.get(claim.subject) || NONE;
    for (const { number, names, groups, shown } of stages(machine, claim)) {
      const lacking = [];
      for (const group of groups) {
        if (group.names.some((name) => this.background.present(name, at))) continue;
        if (!group.essential && group.names.every((name) => spared.includes(name))) continue;
        (group.essential ? lacking : weak).push(...group.names);
      }
      if (lacking.length && reached) missing.push(...lacking.map((name) => this._lack(name, number)));
      reached = reached && !lacking.length;
      phases.push({ number, participants: names, reached, missing: lacking, shown });
    }
    return { phases, missing, weak };
  }

  _machineFailures(machine) {
    const { background } = this;
    if (background.without.has(machine.id) || background.blocked.has(machine.id)) {
      return [failure("missing_participant", machine.id)];
    }
    return machine.loose.filter((m) => background.absent(m)).map((m) => this._lack(m, 0));
  }

  // What is missing, and the variants that restore it where the species lacks it.
  _lack(entity, phase) {
    const { features } = this.background;
    const native = features.nativeLacks(entity) && !features.removedByVariant(entity);
    return failure("missing_participant", entity, { who: native ? features.restorers(entity) : NONE, phase });
  }

  _unknownFeatures(claim, at) {
    const machine = claim.via ? this.graph.machine(claim.via).phases : NONE;
    const needed = [
      ...machine.flatMap(({ parts }) => parts.flatMap((part) => part.names)),
      ...claim.terms.filter((term) => !term.negated).map((term) => term.entity),
    ];
    return unique(needed).filter(
      (name) =>
        this.graph.kind(name) === "feature" &&
        this.background.features.unknown(name) &&
        this.background.present(name, at),
    );
  }

  // -- gates

  _gateFailures(claim, at) {
    const groups = claim.via ? claim.gates : [...claim.recruit, ...claim.gates];
    return groups
      .filter((group) => !group.some((term) => this.holds(term, at)))
      .flatMap((group) => group.map((term) => this._unmet(term, at)));
  }

  holds(term, at) {
    return term.negated
      ? !this.background.raisedAt(term.entity, at)
      : this.background.present(term.entity, at);
  }

  _unmet({ entity, negated }, at) {
    const { background } = this;
    if (negated) {
      return failure("missing_state", entity, { who: background.bringers(entity, at), wantedAbsent: true });
    }
    const kind = this.graph.kind(entity);
    if (kind === "state" || PLACES.has(kind)) {
      return failure("missing_state", entity, { who: background.bringers(entity) });
    }
    return this._lack(entity, 0);
  }

  // -- what filters match

  // The participants of a step: of its machine, and what its gate wants present.
  participants(firing, presentOnly) {
    const { claim } = firing;
    const names = new Set(claim.terms.filter((term) => !term.negated).map((term) => term.entity));
    if (claim.via) {
      const machine = this.graph.machine(claim.via);
      machine.loose.forEach((name) => names.add(name));
      machine.phases.forEach(({ parts }) => parts.forEach((p) => p.names.forEach((n) => names.add(n))));
    }
    if (!presentOnly) return names;
    return new Set([...names].filter((name) => this.background.present(name, firing.at)));
  }

  // Everything that a filter can match at a step: nodes, machine, participants, owners of features.
  touched(firing, presentOnly) {
    const names = this.participants(firing, presentOnly);
    if (firing.claim.via) names.add(firing.claim.via);
    names.add(firing.claim.subject).add(firing.claim.object);
    return this.withOwners(names);
  }

  withOwners(names) {
    const owners = [...names].map((name) => this.graph.ownerOfFeature.get(name));
    return new Set([...names, ...owners.filter((owner) => owner !== undefined)]);
  }
}

// The phases of a machine, with the degron of the claim in phase 2.
function stages(machine, claim) {
  const found = machine.phases.map(({ number, parts }) => ({
    number,
    names: parts.flatMap((part) => part.names),
    groups: parts,
    shown: unique(parts.flatMap((part) => part.shown)),
  }));
  if (!claim.recruit.length) return found;
  let recruit = found.find((stage) => stage.number === RECRUIT);
  if (!recruit) {
    recruit = { number: RECRUIT, names: [], groups: [], shown: [] };
    found.push(recruit);
    found.sort((a, b) => a.number - b.number);
  }
  const degrons = claim.recruit.map((group) => group.map((term) => term.entity));
  recruit.names = [...recruit.names, ...degrons.flat()];
  recruit.groups = [...recruit.groups, ...degrons.map((names) => ({ names, essential: true }))];
  return found;
}
