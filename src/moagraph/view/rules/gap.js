// Beside an answer without a path: where the mechanism is unknown, and what combinations do.

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

// The outcomes on B of combinations with A; they are theirs, not A's.
function combinationOutcomes(graph, { a, b, with: second }) {
  if (second.length) return NONE;
  const ends = graph.ancestors(b);
  const combinations = [...graph.entities.values()].filter(
    (entity) => entity.kind === "combination" && entity.members.includes(a),
  );
  return combinations
    .flatMap(({ id }) => graph.bySubject.get(id) || NONE)
    .filter((claim) => claim.kind === "outcome" && !claim.negated && ends.has(claim.object));
}
