// How A acts on B: verdict, arms, ranked paths, what speaks against it, or why not.

const MAX_VOTES = 5000;

// The engine of a question's background, second drugs at work.
function engineFor(graph, question, at) {
  const background = new Background(graph, question);
  if (!background.second.size) return new Engine(background);
  const applied = directClaims(new Engine(background), at);
  const moved = (sign) => new Set(applied.filter((c) => c.sign === sign).map((c) => c.object));
  return new Engine(new Background(graph, question, moved(-1), moved(1)));
}

// The claims of the second drugs that block or raise something here.
function directClaims(engine, at) {
  return sorted(engine.background.second).flatMap((drug) =>
    (engine.graph.leaving.get(drug) || NONE).filter(
      (claim) =>
        claim.directness === "direct" &&
        claim.sign !== "unknown" &&
        claim.status !== "refuted" &&
        engine.fire(claim, at).fires,
    ),
  );
}

// What else is known of the second drugs on the drug and on its paths.
function reportedInteractions(engine, at, walks) {
  const { second, question } = engine.background;
  if (!second.size) return NONE;
  const places = new Set([question.a]);
  for (const walk of walks) {
    walk.nodes.forEach((node) => places.add(node));
    walk.steps.forEach((f) => engine.touched(f, false).forEach((name) => places.add(name)));
  }
  const applied = new Set(directClaims(engine, at));
  return sorted(second).flatMap((drug) =>
    (engine.graph.bySubject.get(drug) || NONE).filter(
      (claim) => places.has(claim.object) && claim.kind !== "outcome" && !applied.has(claim),
    ),
  );
}

// The outcomes of combinations that hold the drug and every second drug.
function regimens(graph, question) {
  const wanted = unique([question.a, ...question.with]);
  if (wanted.length < 2) return NONE;
  return [...graph.regimenPhrases.keys()].filter(
    (claim) =>
      !claim.negated &&
      claim.status !== "refuted" &&
      wanted.every((drug) => graph.entities.get(claim.subject).members.includes(drug)),
  );
}

// The fired paths of one question and their votes; all vote, up to a number that is said.
class Found {
  constructor(graph, question, engine = null) {
    this.graph = graph;
    this.question = question;
    this.at = startContext(graph, question, question.b);
    this.engine = engine || engineFor(graph, question, this.at);
    this.targets = targetsOf(graph, question.b);
    const filter = new PathFilter(this.engine, question);
    this.search = new Search(this.engine, this.at, isFiltered(question) ? filter : null);
    const limit = Math.max(question.max_paths, MAX_VOTES);
    this.walks = [];
    for (const trail of this.search.to(this.targets)) {
      const walk = walkOf(trail);
      if (filter.walk(walk)) this.walks.push(walk);
      if (this.walks.length > limit) break;
    }
    this.exhausted = this.walks.length <= limit && !question.work.over;
    this.capped = this.walks.length > question.max_paths || question.work.over;
    this.vote = vote(this.walks);
  }
}

function explain(graph, question) {
  const found = new Found(graph, question);
  const { engine, at } = found;
  const { a, b } = question;
  const builder = new Builder(graph);
  const observed = observationsTo(engine, a, b, at);
  const negated = negatedTo(engine, a, b, at);
  const why = new WhyNot(engine, at, found.targets);
  const voting = found.vote.voting.length > 0;
  const stopped = voting ? why.stopped() : why.reasons();
  const [verdict, narrower] = verdictOf(graph, found, observed, negated);
  const ruling = verdict === "shown_not" ? negated.claims : NONE;
  const moved = new Moved(engine, at);
  const paths = builder.ranked(engine, at, found, { end: b, limit: question.max_paths, moved });
  const steps = (firings) =>
    unique(new Map(firings.map((f) => [f.claim.id, f])).values()).map((f) => builder.step(engine, f, moved.of(f)));
  const regimen = regimens(graph, question);
  const counter = new CounterEvidence({
    engine, at, builder, verdict, walks: found.walks, ruling, stopped, observed: observed.claims,
  });
  const against = counter.collect();
  const told = new Set([...ruling.map((claim) => claim.id), ...against.map((view) => view.claim.id)]);
  const answer = {
    question: asked(question),
    verdict,
    agreement: agreementOf(verdict, voting, observed),
    arms: armsOf(paths),
    paths,
    counter_evidence: against,
    observations: builder.claims(observed.claims),
    reasons: voting ? [] : reasonsOf(graph, question, builder, stopped, ruling),
    bound: question.max_length,
    data_version: graph.version,
    a: builder.ref(a),
    b: builder.ref(b),
    groups: found.vote.groups,
    voting: found.vote.voting.map((walk) => walk.ids),
    disputed: found.vote.disputed,
    narrower,
    shown_not_in: unique(ruling.flatMap((claim) => [claim.cell, claim.disease]).filter(Boolean)),
    shown_not_by: builder.claims(ruling),
    observed_sign: observed.sign,
    class_observations: builder.claims(classObservations(engine, a, b, at)),
    gaps: gapsOf(graph, question, builder, verdict),
    nearby: verdict === "none" ? nearbyOf(graph, question, builder) : [],
    other_claims: builder.claims(saidOfBoth(graph, a, b, told)),
    combination_outcomes:
      voting && observed.claims.length ? [] : builder.claims(combinationOutcomes(graph, question)),
    regimen: builder.claims(regimen),
    regimen_line: regimenLine(graph, regimen),
    reported_interactions: builder.claims(reportedInteractions(engine, at, found.walks)),
    blocked_steps: steps(stopped.map((block) => block.firing).filter(Boolean)),
    passed_steps: steps(stopped.flatMap((block) => block.passed)),
    bound_cut: found.search.cut || found.search.unseen,
    sourced: sourcedOf(paths),
    // A page is never asked for the types of nodes on the way.
    metapath: {},
  };
  // The search for reasons and self-effects counts as work too.
  answer.exhausted = found.exhausted;
  answer.work_limit = question.work.over;
  answer.capped = found.capped || question.work.over;
  answer.text = answerText(graph, answer, at, { observed, voting: found.vote.voting });
  answer.context = contextOf(answer, at);
  return answer;
}

// A path that a filter hides, or that a change of the background breaks, is no gap.
function gapsOf(graph, question, builder, verdict) {
  const { species, without, variant, state } = question;
  const changed = species !== "" || [without, variant, state, question.with].some((list) => list.length);
  const untold = verdict !== "observed_only" || isFiltered(question) || changed;
  const gaps = untold ? NONE : gapsBetween(graph, question.a, question.b);
  return gaps.map(({ start, end, seen }) => ({ start: builder.ref(start), end: builder.ref(end), seen }));
}

function verdictOf(graph, found, observed, negated) {
  if (found.vote.voting.length) {
    const narrower = found.vote.voting.flatMap((walk) => narrowerOf(graph, walk, found.question.b));
    return [found.vote.verdict, unique(narrower)];
  }
  if (negated.claims.length) return ["shown_not", negated.narrower];
  return observed.sign ? ["observed_only", observed.narrower] : ["none", []];
}

function reasonsOf(graph, question, builder, stopped, ruling) {
  const found = new Map();
  for (const claim of ruling) {
    found.set(key("negated", claim.id), {
      code: "negated",
      text: builder.claim(claim).sentence,
      what: claim.id,
      who_brings_it: [],
      step: claim.id,
      phase: "",
    });
  }
  for (const { firing, failures } of stopped) {
    for (const failed of failures) {
      const name = key(failed.code, failed.what);
      if (found.has(name) || (ruling.length && failed.code === "no_connection")) continue;
      found.set(name, reasonOf(graph, question, firing, failed));
    }
  }
  return [...found.values()];
}

// The paths by first neosubstrate (else first object), last cell and sign; listed, never summed.
function armsOf(paths) {
  const groups = new Map();
  const firstOf = (path) => path.steps.find((step) => step.via !== null) || path.steps[0];
  for (const path of paths) {
    if (!path.steps.length) continue;
    push(groups, key(firstOf(path).object.id, path.cell ? path.cell.id : "", path.sign), path);
  }
  return [...groups.values()].map((members) => ({
    neosubstrate: firstOf(members[0]).object,
    cell: members[0].cell,
    sign: SIGN_WORDS.get(members[0].sign),
    paths: members.map((path) => path.rank),
    voting: members.some((path) => path.voting),
  }));
}

function sourcedOf(paths) {
  const statuses = new Map(paths.flatMap((path) => path.steps.map((step) => [step.id, step.status])));
  const sourced = [...statuses.values()].filter((status) => status !== "unsourced").length;
  return statuses.size ? `${sourced} of ${statuses.size} steps sourced` : "";
}

function contextOf(answer, at) {
  const found = {
    cell: at.cell,
    disease: at.disease,
    species: at.species,
    narrower: answer.narrower,
    shown_not_in: answer.shown_not_in,
    observed_sign: answer.observed_sign,
    class_observations: answer.class_observations.map((claim) => claim.id),
    regimen: answer.regimen.map((claim) => claim.id),
    regimen_combinations: answer.regimen.map((claim) => claim.subject.id),
    groups: answer.groups,
    disputed: answer.disputed,
  };
  for (const name of ["without", "variant", "state", "with"]) {
    if (answer.question[name]) found[name] = answer.question[name];
  }
  return found;
}
