// What A does to every end, each end by itself.
//
// The disease carried is the one asked for, else the end if it is a disease; so ends that are
// diseases are searched one by one, all others in one walk.

const MAX_TRAILS = 200000;
const SHOWN_EFFECT_PATHS = 5;

class Outcomes {
  constructor(graph, question, ends = null) {
    this.graph = graph;
    this.question = question;
    this.at = startContext(graph, question);
    this.engine = engineFor(graph, question, this.at);
    this.capped = false;
    this.cut = false;
    const found = new Map(ends === null ? [...this._spread(), ...this._oneByOne(this._diseases())] : this._oneByOne(ends));
    this.byEnd = new Map(sorted(found.keys()).map((end) => [end, found.get(end)]).filter(([, o]) => o.walks.length));
  }

  _diseases() {
    const { a } = this.question;
    return [...this.graph.entering.keys()].filter((node) => node !== a && this.graph.kind(node) === "disease");
  }

  _oneByOne(ends) {
    // Only what second drugs block depends on the end that is carried.
    const engine = this.question.with.length ? null : this.engine;
    return ends.map((end) => {
      const found = new Found(this.graph, { ...this.question, b: end }, engine);
      this.capped = this.capped || !found.exhausted;
      this.cut = this.cut || found.search.cut || (end === this.question.b && found.search.unseen);
      return [end, { end, walks: found.walks, vote: found.vote, engine: found.engine, at: found.at }];
    });
  }

  _spread() {
    const { graph, engine, at, question } = this;
    const filter = new PathFilter(engine, question);
    const search = new Search(engine, at, isFiltered(question) ? filter : null);
    const walks = new Map();
    let count = 0;
    for (const trail of search.everywhere()) {
      if (count >= MAX_TRAILS) {
        this.capped = true;
        break;
      }
      count += 1;
      if (graph.kind(trail.node) === "disease") continue;
      const walk = walkOf(trail);
      if (filter.walk(walk)) push(walks, trail.node, walk);
    }
    this.capped = this.capped || question.work.over;
    this.cut = search.cut;
    return [...walks].map(([end, held]) => [end, { end, walks: held, vote: vote(held), engine, at }]);
  }
}

// What was observed of A, by the objects that claims name, or on the ends given.
function observedEnds(outcomes, question, only = null) {
  const { graph } = outcomes;
  const rows = (graph.bySubject.get(question.a) || NONE).filter(isObserved).map((claim) => claim.object);
  const named = sorted(new Set(rows)).filter((end) => !question.b || end === question.b);
  const found = new Map();
  for (const end of only || named) {
    const seen = observedOn(outcomes, end);
    if (seen.claims.length) found.set(end, seen);
  }
  return found;
}

function observedOn({ graph, engine, question }, end) {
  return observationsTo(engine, question.a, end, startContext(graph, question, end));
}

function effects(graph, question) {
  const outcomes = new Outcomes(graph, question, question.b ? [question.b] : null);
  const builder = new Builder(graph);
  const observed = observedEnds(outcomes, question);
  const views = [...outcomes.byEnd.values()].map((outcome) =>
    effectView(builder, outcome, observed.get(outcome.end) || observedOn(outcomes, outcome.end)),
  );
  const seen = [...observed].map(([end, found]) => observedView(builder, outcomes.byEnd.get(end), end, found));
  const { cell, disease, species } = outcomes.at;
  return {
    question: asked(question),
    effects: views,
    observed: seen,
    agreement: record(seen.filter((view) => view.agreement).map((view) => [view.object.id, view.agreement])),
    class_observations: builder.claims(classEffects(outcomes, question)),
    bound: question.max_length,
    capped: outcomes.capped || question.work.over,
    work_limit: question.work.over,
    bound_cut: outcomes.cut,
    context: { cell, disease, species },
    data_version: graph.version,
    a: builder.ref(question.a),
    text: effectsText(graph, question, views, seen) + givenUp(question.work),
  };
}

function effectView(builder, outcome, observed) {
  const { vote: votes, end } = outcome;
  return {
    object: builder.ref(end),
    sign: votes.verdict,
    groups: votes.groups,
    disputed: votes.disputed,
    paths: builder.ranked(outcome.engine, outcome.at, outcome, { end, limit: SHOWN_EFFECT_PATHS }),
    path_count: outcome.walks.length,
    narrower: unique(votes.voting.flatMap((walk) => narrowerOf(builder.graph, walk, end))),
    agreement: agreementOf(votes.verdict, votes.voting.length > 0, observed),
    observed_sign: observed.sign,
    observations: builder.claims(observed.claims),
    verdict: votes.verdict,
  };
}

function observedView(builder, outcome, end, observed) {
  const verdict = outcome ? outcome.vote.verdict : "";
  return {
    object: builder.ref(end),
    sign: observed.sign,
    agreement: agreementOf(verdict, outcome !== undefined, observed),
    observations: builder.claims(observed.claims),
    predicted: verdict,
  };
}

// What was reported for the classes of A, on every end that they name.
function classEffects({ graph, engine }, question) {
  const classes = [...graph.ancestors(question.a)].filter((name) => name !== question.a);
  const ends = new Set(classes.flatMap((name) => (graph.bySubject.get(name) || NONE).map((claim) => claim.object)));
  const wanted = sorted(ends).filter((end) => !question.b || end === question.b);
  return unique(
    wanted.flatMap((end) => classObservations(engine, question.a, end, startContext(graph, question, end))),
  );
}

function effectsText(graph, question, views, seen) {
  const agreeing = (name) => seen.filter((view) => view.agreement === name).length;
  const [unexplained, contradicted] = [agreeing("unexplained"), agreeing("contradicted")];
  let text = `${graph.label(question.a)}: ${counted(views.length, "effect")} by mechanism, ${seen.length} observed`;
  if (unexplained) text += `, ${unexplained} of them unexplained`;
  if (contradicted) text += `, ${contradicted} contradicted`;
  return `${text}. Paths up to ${counted(question.max_length, "step")} were searched.`;
}
