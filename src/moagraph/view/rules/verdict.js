// What the paths say and what was observed; which paths are shown, and in which order.

const ONE_SIGN = new Set(["increases", "decreases"]);
const SIGN_WORDS = new Map([[1, "increases"], [-1, "decreases"], ["unknown", "changes"]]);

// The verdict of a set of signs, "" of none; unknown counts only where nothing is known.
function word(signs) {
  const known = new Set(signs.filter(walkable));
  if (known.has(1) && known.has(-1)) return "conflicting";
  if (known.has(1) || known.has(-1)) return SIGN_WORDS.get(known.has(1) ? 1 : -1);
  return known.size ? "changes" : "";
}

const isDisputed = (walk) => walk.steps.some((firing) => firing.claim.disputed);

// Paths with a disputed step vote only if no other does; votes are grouped by the last cell.
function vote(walks) {
  const clean = walks.filter((walk) => !isDisputed(walk));
  const voting = clean.length ? clean : walks;
  const byCell = new Map();
  voting.forEach((walk) => push(byCell, walk.at.cell, walk.sign));
  return {
    verdict: word(voting.map((walk) => walk.sign)),
    voting,
    votes: new Set(voting),
    disputed: voting.length > 0 && !clean.length,
    groups: record(sorted(byCell.keys()).map((cell) => [cell, word(byCell.get(cell))])),
  };
}

// What a claim from A adds to B in a context: the narrower values, or null where it does not fit.
function meets(engine, claim, b, at) {
  const end = meetsEnd(engine.graph, claim.object, b);
  if (!end || !walkable(claim.sign)) return null;
  const fitted = fit(engine.graph, claim, at);
  if (fitted.misfits.length || engine.replaced(claim) || lacksAPart(engine, claim)) return null;
  if (!claim.negated && engine.blockers(claim, fitted.at).length) return null;
  return [...fitted.narrower, ...end.below];
}

// Whether the background lacks a protein or feature that a claim was seen to need.
function lacksAPart({ background }, claim) {
  return claim.gates.some((group) => group.every((term) => !term.negated && background.absent(term.entity)));
}

const isObserved = (claim) => claim.kind === "observation" || claim.kind === "outcome";

function observationsTo(engine, a, b, at) {
  const found = fitting(engine, a, b, at, (claim) => isObserved(claim) && !claim.negated);
  return { ...found, sign: word(counting(found.claims).map((claim) => claim.sign)) };
}

// The supported negated mechanism or observation claims from A to B that fit.
function negatedTo(engine, a, b, at) {
  const kinds = new Set(["mechanism", "observation"]);
  return fitting(engine, a, b, at, (c) => kinds.has(c.kind) && c.negated && c.status === "negated");
}

function fitting(engine, a, b, at, wanted) {
  const claims = [];
  const narrower = [];
  for (const claim of engine.graph.bySubject.get(a) || NONE) {
    const hit = wanted(claim) ? meets(engine, claim, b, at) : null;
    if (!hit) continue;
    claims.push(claim);
    narrower.push(...hit);
  }
  return { claims, narrower: unique(narrower) };
}

// What was reported for a class that A belongs to; it gives A no verdict.
function classObservations(engine, a, b, at) {
  const classes = sorted([...engine.graph.ancestors(a)].filter((name) => name !== a));
  return classes.flatMap((name) => observationsTo(engine, name, b, at).claims);
}

// The observations that count: never refuted, contested only if no other does.
function counting(claims) {
  const sound = claims.filter((claim) => claim.status !== "refuted");
  const clean = sound.filter((claim) => claim.status !== "contested");
  return clean.length ? clean : sound;
}

function agreementOf(verdict, voting, observed) {
  const counted = counting(observed.claims);
  if (!counted.length) return "";
  if (!voting) return "unexplained";
  if (!ONE_SIGN.has(verdict)) return "";
  const seen = counted.map((claim) => word([claim.sign])).filter((sign) => sign !== "changes");
  return seen.every((sign) => sign === verdict) ? "explained" : "contradicted";
}

// -- ends

function startContext(graph, question, end = "") {
  const disease = question.disease || (graph.kind(end) === "disease" ? end : "");
  return graph.context(question.cell, disease, question.taxon);
}

// The nodes that meet an end: itself, and for a disease what is above and below.
function targetsOf(graph, end) {
  if (graph.kind(end) !== "disease") return [end];
  const below = [...graph.entering.keys()].filter((node) => meetsEnd(graph, node, end));
  return unique([end, ...graph.ancestors(end), ...below]);
}

function narrowerOf(graph, walk, end) {
  const met = end ? meetsEnd(graph, walk.end, end) : null;
  return unique([...walk.steps.flatMap((firing) => firing.narrower), ...(met ? met.below : NONE)]);
}

// -- filters

// The filters of one question, for steps while walking and for whole paths.
class PathFilter {
  constructor(engine, question) {
    this.engine = engine;
    this.question = question;
    this.avoid = new Set(question.avoid);
  }

  step(firing) {
    const { question } = this;
    if (this.avoid.size && this.meetsAvoid(this.engine.touched(firing, true))) return false;
    if (firing.claim.sources < question.min_evidence) return false;
    return !question.strict_context || this.seenThere(firing);
  }

  node(node) {
    return !this.avoid.has(node) && !this.avoid.has(this.engine.graph.ownerOfFeature.get(node));
  }

  meetsAvoid(names) {
    return this.question.avoid.some((name) => names.has(name));
  }

  // Whether a whole path passes every `via`.
  walk(walk) {
    if (this.question.same_record && !inOneRecord(walk)) return false;
    if (!this.question.via.length) return true;
    const names = this.engine.withOwners(walk.nodes);
    walk.steps.forEach((f) => this.engine.touched(f, true).forEach((name) => names.add(name)));
    return this.question.via.every((name) => names.has(name));
  }

  // Whether supporting evidence of a step was seen where the question asks.
  seenThere(firing) {
    const { graph } = this.engine;
    return AXES.every((axis) => {
      const carried = firing.at[axis];
      const restriction = firing.claim[axis];
      if (!this.question[axis] || !carried) return true;
      if (restriction && graph.isA(restriction, carried)) return true;
      return firing.claim.seen[axis].some((value) => graph.isA(value, carried));
    });
  }

  // What hides a path that fires: ids of `avoid` or `via`, or the option.
  culprits(walk) {
    const { question } = this;
    const names = new Set(walk.nodes);
    walk.steps.forEach((f) => this.engine.touched(f, true).forEach((name) => names.add(name)));
    const found = question.avoid.filter((name) => names.has(name));
    found.push(...question.via.filter((name) => !names.has(name)));
    if (found.length) return found;
    const options = [
      ["strict_context", question.strict_context && !walk.steps.every((f) => this.seenThere(f))],
      ["min_evidence", walk.steps.some((f) => f.claim.sources < question.min_evidence)],
      ["same_record", question.same_record && !inOneRecord(walk)],
    ];
    return options.filter(([, hides]) => hides).map(([name]) => name);
  }
}

function isFiltered(question) {
  const { via, avoid, strict_context, min_evidence, same_record } = question;
  return via.length > 0 || avoid.length > 0 || strict_context || min_evidence > 0 || same_record;
}

// -- foreign records

// Whether one foreign record holds all claims of a path.
function inOneRecord({ steps }) {
  const held = steps.map((firing) => firing.claim.records);
  return steps.length > 0 && held[0].some((name) => held.every((records) => records.includes(name)));
}

// The foreign records that together hold the claims of a path, as few as are found at once.
function recordsCrossed({ steps }) {
  let held = steps.map((firing) => firing.claim.records).filter((records) => records.length);
  if (!held.length) return NONE;
  const common = held[0].filter((name) => held.every((records) => records.includes(name)));
  if (common.length) return sorted(new Set(common));
  const chosen = [];
  while (held.length) {
    const counts = new Map();
    held.flatMap(unique).forEach((name) => counts.set(name, (counts.get(name) || 0) + 1));
    const best = [...counts.keys()].sort((x, y) => counts.get(y) - counts.get(x) || byText(x, y))[0];
    chosen.push(best);
    held = held.filter((records) => !records.includes(best));
  }
  return chosen;
}

// -- the order of paths

const LOOSENESS = new Map([["direct", 0], ["", 1], ["indirect", 2], ["inferred", 3]]);
const LOOSE_WORDS = ["direct", "directness not stated", "indirect", "inferred"];

// Few foreign records, sourced before unsourced, undisputed, direct, seen in the asked context, more independent
// primary sources and better basis (of the weakest step), fewer hops; then ids.
class Ranker {
  constructor(graph, at) {
    this.graph = graph;
    this.at = at;
  }

  _judge({ claim }) {
    return {
      unsourced: claim.status === "unsourced" ? 1 : 0,
      contested: claim.disputed ? 1 : 0,
      loose: LOOSENESS.has(claim.directness) ? LOOSENESS.get(claim.directness) : 1,
      unseen: this._seen(claim) ? 0 : 1,
      sources: claim.sources,
      basis: claim.basis,
    };
  }

  _seen(claim) {
    return ["cell", "disease"].every((axis) => {
      const asked = this.at[axis];
      if (!asked || (claim[axis] && this.graph.isA(claim[axis], asked))) return true;
      return claim.seen[axis].some((value) => this.graph.isA(value, asked));
    });
  }

  key(walk) {
    const rows = walk.steps.map((firing) => this._judge(firing));
    const sum = (name) => rows.reduce((total, row) => total + row[name], 0);
    const most = (name) => Math.max(0, ...rows.map((row) => row[name]));
    const least = rows.length ? Math.min(...rows.map((row) => row.sources)) : 0;
    const crossed = recordsCrossed(walk).length;
    return [
      inOneRecord(walk) ? 1 : crossed, sum("unsourced"), sum("contested"), most("loose"), sum("unseen"), -least, most("basis"),
      rows.length,
    ];
  }

  // Paths in their order, those that vote first.
  order(walks, votes) {
    const rows = walks.map((walk) => ({ walk, key: [votes.has(walk) ? 0 : 1, ...this.key(walk)] }));
    rows.sort((x, y) => {
      const place = x.key.findIndex((value, i) => value !== y.key[i]);
      return place < 0 ? byIds(x.walk.ids, y.walk.ids) : x.key[place] - y.key[place];
    });
    return rows.map((row) => row.walk);
  }

  why(walk) {
    const [crossed, unsourced, contested, loose, unseen, sources, basis, hops] = this.key(walk);
    if (!hops) return "by composition alone, no claim needed";
    const words = [`${hops - unsourced} of ${hops} steps sourced`];
    if (crossed) words.unshift(crossed === 1 ? "within one record" : `crosses ${crossed} records`);
    words.push(contested ? `${contested} contested` : "no contested step", LOOSE_WORDS[loose]);
    if (this.at.cell || this.at.disease) {
      words.push(
        unseen ? `${unseen} of ${hops} steps not seen in the asked context` : "all steps seen in the asked context",
      );
    }
    words.push(sources ? `at least ${counted(-sources, "primary source")} a step` : "a step without a primary source");
    const { bases } = this.graph.vocabulary;
    words.push(basis < bases.length ? `weakest basis ${bases[basis]}` : "a step without basis");
    words.push(counted(hops, "step"));
    return words.join(", ");
  }
}

function byIds(left, right) {
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    const order = byText(left[i], right[i]);
    if (order) return order;
  }
  return left.length - right.length;
}
