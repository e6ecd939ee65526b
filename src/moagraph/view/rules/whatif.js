// What a change of the background does to the effects of A: lost, weakened, kept, changed, lifted.

const SHOWN_WHATIF_PATHS = 2;
const GROUPS = ["lost", "weakened", "kept", "changed", "lifted"];

// The question in the background that is compared with: human, nothing changed.
function unchanged(graph, question) {
  const taxon = graph.vocabulary.human;
  return { ...question, species: "", taxon, without: [], variant: [], state: [], with: [] };
}

function whatif(graph, question) {
  const { without, variant, state, species } = question;
  if (species === ANY_SPECIES) {
    throw new QuestionError("bad_question", "what-if compares with one species; ask for one of them");
  }
  if (without.length || variant.length || state.length || question.with.length || species) {
    return new WhatIf(graph, question).answer();
  }
  if (graph.isDrug(question.a)) {
    throw new QuestionError("bad_question", "nothing is changed: take something away or add something");
  }
  return new WhatIf(graph, { ...question, without: [question.a] }).answer();
}

// What A does everywhere, unchanged; kept, since one drug is asked about many changes in turn.
function outcomesBefore(graph, question) {
  const name = JSON.stringify([asked(question), question.max_paths]);
  if (graph.before && graph.before.name === name) return graph.before.outcomes;
  const outcomes = new Outcomes(graph, question);
  graph.before = question.work.over ? null : { name, outcomes };
  return outcomes;
}

class WhatIf {
  constructor(graph, question) {
    this.graph = graph;
    this.question = question;
    this.builder = new Builder(graph);
    this.old = unchanged(graph, question);
    const ends = question.b ? this._nodes() : null;
    this.before = ends ? new Outcomes(graph, this.old, ends) : outcomesBefore(graph, this.old);
    this.after = new Outcomes(graph, question, ends);
    this.ends = sorted(new Set([...this.before.byEnd.keys(), ...this.after.byEnd.keys()]));
  }

  // The nodes of the paths from A to B, before or after.
  _nodes() {
    const names = new Set([this.question.b]);
    for (const question of [this.old, this.question]) {
      new Found(this.graph, question).walks.forEach((walk) => walk.nodes.forEach((node) => names.add(node)));
    }
    names.delete(this.question.a);
    return sorted(names);
  }

  answer() {
    const { graph, question, builder, before, after } = this;
    const groups = Object.fromEntries(GROUPS.map((name) => [name, []]));
    this.ends.forEach((end) => {
      const [name, effect] = this._effect(end);
      groups[name].push(effect);
    });
    const observations = this._unexplained();
    const claims = regimens(graph, question);
    this.direct = directClaims(after.engine, after.at);
    const walks = [before, after].flatMap(({ byEnd }) => [...byEnd.values()].flatMap((o) => o.walks));
    const { cell, disease, species } = startContext(graph, question, question.b);
    const { without, variant, state, work } = question;
    return {
      question: asked(question),
      background: {
        cell: question.cell, disease: question.disease, species: question.taxon, without, variant, state,
        with: question.with,
      },
      ...groups,
      observations: builder.claims(observations),
      no_longer_explained: observations.map((claim) => claim.id),
      reported_interactions: builder.claims(reportedInteractions(after.engine, after.at, walks)),
      regimen: builder.claims(claims),
      regimen_line: regimenLine(graph, claims),
      blocked: builder.claims(this.direct),
      verdict_before: this._verdict(before),
      verdict_after: this._verdict(after),
      bound: question.max_length,
      capped: before.capped || after.capped || work.over,
      work_limit: work.over,
      bound_cut: before.cut || after.cut,
      context: {
        cell, disease, species,
        regimen: claims.map((claim) => claim.id),
        regimen_combinations: claims.map((claim) => claim.subject),
      },
      data_version: graph.version,
      a: builder.ref(question.a),
      b: builder.maybe(question.b),
      text: this._text(groups) + givenUp(work),
      gates: builder.claims(this._gates()),
    };
  }

  _verdict(outcomes) {
    if (!this.question.b) return "";
    const outcome = outcomes.byEnd.get(this.question.b);
    return outcome ? outcome.vote.verdict : "none";
  }

  // -- effects

  // The group of an end, and its effect before and after.
  _effect(end) {
    const [old, now] = [this.before.byEnd.get(end), this.after.byEnd.get(end)];
    const [was, is] = [old, now].map((outcome) => (outcome ? outcome.vote.verdict : ""));
    const [lost, broken] = old ? this._breaks(old, this.after) : [0, []];
    const [gained, opened] = now ? this._breaks(now, this.before) : [0, []];
    const isThroughout = was && is;
    const effect = {
      object: this.builder.ref(end),
      sign: is || was,
      broken_by: [],
      let_through_by: [],
      before: was,
      after: is,
      breaks: broken,
      paths_before: this._paths(old),
      paths_after: this._paths(now),
      paths_lost: lost,
      paths_gained: gained,
      stopped: isThroughout ? broken : [],
      opened: isThroughout ? opened : [],
    };
    const ids = (breaks) => unique(breaks.map((b) => b.what.id));
    if (!is) return ["lost", { ...effect, broken_by: ids(broken) }];
    if (!was) return ["lifted", { ...effect, let_through_by: ids(opened), breaks: opened }];
    if (was !== is) return ["changed", { ...effect, broken_by: ids(broken) }];
    const weak = weakenedBy(now);
    if (weak.length) return ["weakened", { ...effect, broken_by: weak, breaks: this._weakBreaks(now) }];
    return ["kept", { ...effect, breaks: [] }];
  }

  _paths(outcome) {
    if (!outcome) return [];
    const { engine, at, end } = outcome;
    return this.builder.ranked(engine, at, outcome, { end, limit: SHOWN_WHATIF_PATHS });
  }

  // How many voting paths of an outcome the other background stops, and by what.
  _breaks(outcome, other) {
    const found = new Map();
    let count = 0;
    const at = startContext(this.graph, other.question, outcome.end);
    for (const walk of outcome.vote.voting) {
      const failures = firstFailures(other.engine, walk, at);
      if (failures.length) count += 1;
      for (const [firing, failed] of failures) {
        byId(found, key(failed.what, firing ? firing.claim.id : ""), () => this._break(other.question, firing, failed));
      }
    }
    return [count, [...found.values()]];
  }

  _break(question, firing, failed) {
    const { code, text, step, phase } = reasonOf(this.graph, question, firing, failed);
    let about = [];
    if (firing) about = failed.phase ? this._shownBy(firing, failed.what) : [firing.claim.id];
    return { what: this.builder.ref(failed.what), step, code, text, phase, shown_by: about };
  }

  // The claims which show that a participant matters: its own, not its phase's.
  _shownBy({ claim }, what) {
    const rows = this.graph.machineRows.get(claim.via) || NONE;
    const own = rows.filter((row) => row.participant === what && row.shown).map((row) => row.shown);
    if (own.length) return unique(own);
    const drugs = this.graph.ancestors(this.question.a);
    const gates = (this.graph.bySubject.get(what) || NONE).filter((c) => c.kind === "gate" && drugs.has(c.object));
    return unique(gates.map((c) => c.id));
  }

  _weakBreaks(outcome) {
    const found = new Map();
    for (const { claim, weakenedBy: names } of outcome.vote.voting.flatMap((walk) => walk.steps)) {
      const rows = this.graph.machineRows.get(claim.via) || NONE;
      for (const name of names) {
        const row = rows.find((r) => r.participant === name);
        found.set(key(name, claim.id), {
          what: this.builder.ref(name),
          step: claim.id,
          code: "weakened",
          text: `${this.graph.label(name)} supports the step and is not essential`,
          phase: "",
          shown_by: row && row.shown ? [row.shown] : [],
        });
      }
    }
    return [...found.values()];
  }

  // The observations that mechanisms explained before and do not after.
  _unexplained() {
    const observed = observedEnds(this.before, this.old, this.question.b ? this.ends : null);
    const found = [...observed].flatMap(([end, seen]) => {
      const verdict = (outcomes) => (outcomes.byEnd.get(end) || { vote: {} }).vote.verdict;
      const [was, is] = [verdict(this.before), verdict(this.after)];
      return counting(seen.claims).filter((claim) => word([claim.sign]) === was && word([claim.sign]) !== is);
    });
    return unique(found);
  }

  // The gate claims on A about what is changed, whatever became of the effects.
  _gates() {
    const { graph, question } = this;
    const { background } = this.after.engine;
    const at = startContext(graph, question, question.b);
    const names = new Set([...question.without, ...question.state, ...background.features.givenFeatures]);
    for (const [state, items] of graph.states) {
      if (items.some((item) => background.isChangedBy(item))) names.add(state);
    }
    const drugs = graph.ancestors(question.a);
    return sorted(names).flatMap((name) =>
      (graph.bySubject.get(name) || NONE).filter(
        (claim) => claim.kind === "gate" && drugs.has(claim.object) && !fit(graph, claim, at).misfits.length,
      ),
    );
  }

  _text(groups) {
    const counts = GROUPS.filter((name) => groups[name].length).map((name) => `${groups[name].length} ${name}`);
    let text = `${this.graph.label(this.question.a)}: ${counts.join(", ") || "no effect"}`;
    if (this.question.b) {
      text +=
        `; on ${this.graph.label(this.question.b)}: ${this._verdict(this.before)} before, ` +
        `${this._verdict(this.after)} after${movedPaths(groups, this.question.b)}`;
    }
    if (this.direct.length) text += "; full inhibition by the second drug is assumed";
    return `${text}. Paths up to ${counted(this.question.max_length, "step")} were searched.`;
  }
}

// How many paths to an end were lost and gained beside others, in brackets.
function movedPaths(groups, end) {
  const effect = GROUPS.flatMap((name) => groups[name]).find((e) => e.object.id === end);
  if (!effect || !effect.before || !effect.after) return "";
  const counts = [[effect.paths_lost, "lost"], [effect.paths_gained, "gained"]].filter(([n]) => n);
  const words = counts.map(([n, word]) => `${counted(n, "path")} ${word}`);
  return words.length ? ` (${words.join(", ")})` : "";
}

// What weakens an effect, if every voting path passes a weakened step.
function weakenedBy({ vote: { voting } }) {
  if (!voting.every((walk) => walk.steps.some((firing) => firing.weakenedBy.length))) return NONE;
  return unique(voting.flatMap((walk) => walk.steps.flatMap((firing) => firing.weakenedBy)));
}

// Why a path does not fire in another background: firing (or null) and failure; empty if it does.
function firstFailures(engine, walk, context) {
  const { background } = engine;
  const start = walk.nodes[0];
  if (background.gone(start) || background.startSign !== walk.startSign) {
    return [[null, failure("missing_participant", start)]];
  }
  const through = new Map(walk.passages.map((passage) => [passage.after, passage]));
  let at = context;
  for (let step = 0; step <= walk.steps.length; step += 1) {
    const passage = through.get(step);
    if (passage && !passages(engine, passage.component, -1, at).includes(passage.complex)) {
      return passageFailures(engine, passage, at).map((failed) => [null, failed]);
    }
    if (step === walk.steps.length) break;
    const firing = engine.fire(walk.steps[step].claim, at);
    if (!firing.fires) return firing.failures.map((failed) => [firing, failed]);
    at = firing.after;
  }
  return NONE;
}

// Why a component does not lower its complex: it is gone, or something stands in.
function passageFailures(engine, { component, complex }, at) {
  if (engine.background.gone(complex)) return [failure("missing_participant", complex)];
  const row = (engine.graph.lowers.get(component) || NONE).find((r) => r.complex === complex);
  const present = row ? row.rivals.flat().filter((name) => engine.background.present(name, at)) : NONE;
  return unique(present).map((name) => failure("stands_in", name));
}
