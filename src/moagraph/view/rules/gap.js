// Beside an answer without a path: where the mechanism is unknown, what combinations do, and
// what lies near.

// In a large graph everything leads to everything; the nearest causes are near.
const MOST_CAUSES = 2000;

// Between what a mechanism is not known, given that an effect of A on B was seen: the nearest
// cause of B, or what is merely associated with it, that A was seen to move narrows the gap.
function gapsBetween(graph, a, b) {
  const seen = seenMoved(graph, a);
  const gap = (start, end, claims) => ({ start, end, seen: claims });
  const cause = causesOf(graph, b).find((node) => seen.has(node));
  if (cause !== undefined) return [gap(a, cause, seen.get(cause))];
  const onEnds = sorted(graph.ancestors(b)).flatMap((end) => graph.byObject.get(end) || NONE);
  const link = onEnds.find((c) => c.kind === "observation" && !c.negated && seen.has(c.subject));
  if (link === undefined) return [gap(a, b, [])];
  return [gap(a, link.subject, seen.get(link.subject)), gap(link.subject, b, [link.id])];
}

// What A was seen to move, with the observations.
function seenMoved(graph, a) {
  const found = new Map();
  for (const claim of graph.bySubject.get(a) || NONE) {
    const sound = claim.status === "supported" || claim.status === "contested";
    if (claim.kind === "observation" && !claim.negated && walkable(claim.sign) && sound) {
      push(found, claim.object, claim.id);
    }
  }
  return found;
}

// What leads to B by causal claims, nearest first; B itself and drugs are left out.
function causesOf(graph, b) {
  const ends = graph.ancestors(b);
  const found = new Set(sorted(ends));
  let level = [...found];
  while (level.length && found.size < MOST_CAUSES) {
    const nearer = level;
    level = [];
    for (const claim of nearer.flatMap((node) => graph.byObject.get(node) || NONE)) {
      const causal = claim.kind === "mechanism" && !claim.negated && walkable(claim.sign);
      const { known, kind } = graph.entities.get(claim.subject);
      if (!causal || found.has(claim.subject) || !known || DRUGS.has(kind)) continue;
      found.add(claim.subject);
      level.push(claim.subject);
    }
  }
  return [...found].filter((node) => !ends.has(node));
}

// What combinations with A were seen to do to B; it is theirs, not A's.
function combinationOutcomes(graph, { a, b, with: second }) {
  if (second.length) return NONE;
  const ends = graph.ancestors(b);
  const combinations = [...graph.entities.values()].filter(
    (entity) => entity.kind === "combination" && entity.members.includes(a),
  );
  return combinations
    .flatMap(({ id }) => graph.bySubject.get(id) || NONE)
    .filter((claim) => isObserved(claim) && !claim.negated && ends.has(claim.object) && walkable(claim.sign));
}

// The claims between A and B, either way, that are no cause and not told elsewhere: binding,
// gates and places, and what is negated without being shown by a source.
function saidOfBoth(graph, a, b, told) {
  const isOther = (claim) => claim.kind === "gate" || claim.negated || !walkable(claim.sign);
  const between = (subject, object) =>
    (graph.bySubject.get(subject) || NONE).filter(
      (claim) => claim.object === object && !told.has(claim.id) && isOther(claim),
    );
  return a === b ? between(a, b) : [...between(a, b), ...between(b, a)];
}

// Of a graph with a deep tree of terms, the nearest ones.
const MOST_NEARBY = 12;

// The questions near one that have an answer. Other ends are the terms above and below B, nearest
// first; a disease is met by those already. Other starts are the members of a class of drugs. A
// question with filters, a context or a changed background is not asked again elsewhere.
function nearbyOf(graph, question, builder) {
  const { a, b, max_length } = question;
  const given = Object.keys(asked(question));
  const isPlain = given.every((name) => ["a", "b", "max_length"].includes(name));
  if (!isPlain) return [];
  const found = [];
  for (const [relation, from, to] of othersNear(graph, a, b)) {
    const other = new Found(graph, { ...question, a: from, b: to });
    const seen = observationsTo(other.engine, from, to, other.at);
    const verdict = other.vote.verdict || (seen.sign ? "observed_only" : "");
    if (!verdict) continue;
    const [start, end] = [builder.ref(from), builder.ref(to)];
    found.push({ start, end, relation, verdict, observed_sign: seen.sign, command: commandOf(start, end) });
  }
  return found;
}

function othersNear(graph, a, b) {
  const end = graph.entities.get(b);
  const isTerm = end !== undefined && end.known && end.kind !== "disease";
  const ends = isTerm ? relatedTo(graph, b).map(([relation, name]) => [relation, a, name]) : [];
  const members = graph.kind(a) === "drug class" ? below(graph, a).slice(0, MOST_NEARBY) : [];
  const isTurned = graph.isDrug(b) && !graph.isDrug(a);
  return [...ends, ...members.map((name) => ["narrower", name, b]), ...(isTurned ? [["reversed", b, a]] : [])];
}

const below = (graph, id) => sorted([...graph.entities.keys()].filter((name) => name !== id && graph.isA(name, id)));

// What is broader, by distance, then what is narrower, by id; up to a number.
function relatedTo(graph, end) {
  const above = [...graph.ancestors(end)].slice(1);
  const named = (relation) => (name) => [relation, name];
  return [...above.map(named("broader")), ...below(graph, end).map(named("narrower"))].slice(0, MOST_NEARBY);
}
