// Why not: for each structural path, the reasons of its first step that does not fire.
//
// The walk goes on as long as steps fire; at each step that does not it asks whether the end
// could still be reached from there, whatever gates, contexts and species say.

const MAX_VISITS = 20000;
const MAX_HIDDEN = 200;

class WhyNot {
  constructor(engine, at, targets) {
    this.engine = engine;
    this.graph = engine.graph;
    this.at = at;
    this.question = engine.background.question;
    this.targets = new Set(targets);
    this.targets.delete(this.question.a);
    this.reach = distances(this.graph, this.targets).reach;
    this.filter = new PathFilter(engine, this.question);
    // What a route meets matters to filters only.
    this.noting = this.question.via.length > 0 || this.question.avoid.length > 0;
    this.closed = closedKinds(this.graph, this.question);
    this._visits = 0;
    this._seen = new Set();
  }

  // The steps that stop the structural paths, each once, or why there are none.
  reasons() {
    const { a, b } = this.question;
    const only = (...failures) => [{ firing: null, failures, passed: [] }];
    if (this.engine.background.gone(a)) return only(failure("missing_participant", a));
    const least = this.reach.get(a);
    if (least === undefined || !this.targets.size) return only(failure("no_connection", b));
    const found = this.stopped();
    const hidden = this._hidden();
    if (hidden.length && !(found.length && this.question.via.length)) found.push(...only(...hidden));
    if (found.length) return found;
    if (least > this.question.max_length || this._longer()) return only(failure("length_bound", b));
    const start = { node: a, sign: this.engine.background.startSign, depth: 0 };
    if (this.noting && this._leadsOn(start, new Set([a]), { free: true })) {
      const names = [...this.question.avoid, ...this.question.via];
      return only(...names.map((name) => failure("filtered", name)));
    }
    return only(failure("no_connection", b));
  }

  // The first steps that do not fire, of the structural paths that filters leave.
  stopped() {
    const { a } = this.question;
    const { background } = this.engine;
    const found = [];
    if (background.gone(a) || !this.filter.node(a)) return found;
    const start = trailOf(null, null, a, background.startSign, this.at, 0);
    this._walk(start, new Set([a]), this._names([a]), found);
    return found;
  }

  _walk(trail, visited, met, found) {
    if (this.targets.has(trail.node) || this._visits > MAX_VISITS || !this.engine.work.spend()) return;
    if (trail.parent && this.closed.has(this.graph.kind(trail.node))) return;
    this._visits += 1;
    for (const node of passages(this.engine, trail.node, trail.sign, trail.at)) {
      if (!this.reach.has(node) || visited.has(node) || !this.filter.node(node)) continue;
      const head = trailOf(trail, null, node, trail.sign, trail.at, trail.depth);
      this._walk(head, new Set(visited).add(node), this._joined(met, [node]), found);
    }
    for (const claim of this.graph.leaving.get(trail.node) || NONE) {
      if (visited.has(claim.object) || !this._within(trail.depth + 1, claim.object)) continue;
      const firing = this.engine.fire(claim, trail.at);
      const names = this._joined(met, this._touched(firing));
      if (!this.filter.meetsAvoid(names)) this._try(trail, firing, visited, names, found);
    }
  }

  _try(trail, firing, visited, names, found) {
    const { claim } = firing;
    const sign = times(trail.sign, claim.sign);
    const depth = trail.depth + 1;
    if (firing.fires) {
      const head = trailOf(trail, firing, claim.object, sign, firing.after, depth);
      this._walk(head, new Set(visited).add(claim.object), names, found);
      return;
    }
    const place = key(claim.id, trail.at.key);
    if (this._seen.has(place)) return;
    const from = { node: claim.object, sign, depth };
    if (this._leadsOn(from, new Set(visited).add(claim.object), { names })) {
      this._seen.add(place);
      found.push({ firing, failures: firing.failures, passed: walkOf(trail).steps });
    }
  }

  _within(depth, node) {
    return this.reach.has(node) && depth + this.reach.get(node) <= this.question.max_length;
  }

  _names(names) {
    return this.noting ? this.engine.withOwners(names) : EMPTY;
  }

  _joined(met, names) {
    return this.noting ? new Set([...met, ...names]) : EMPTY;
  }

  // What filters match at a step that need not fire: absent participants too.
  _touched(firing) {
    return this.noting ? this.engine.touched(firing, false) : EMPTY;
  }

  // -- the rest, gates left aside

  // Whether a structural path leads on to the end within the bound; `free` leaves filters aside.
  _leadsOn(from, visited, { names = EMPTY, free = false }) {
    if (!free && this.question.via.some((name) => !names.has(name))) {
      return this._leadsOnVia(from, visited, names);
    }
    const queue = [from];
    const best = new Map([[key(from.node, from.sign), from.depth]]);
    for (const here of queue) {
      if (this.targets.has(here.node)) return true;
      if (!this.engine.work.spend()) return false;
      for (const next of this._onward(here)) {
        const name = key(next.node, next.sign);
        if (visited.has(next.node) || (best.has(name) && best.get(name) <= next.depth)) continue;
        if (!free && this.filter.meetsAvoid(next.met)) continue;
        best.set(name, next.depth);
        queue.push(next);
      }
    }
    return false;
  }

  _leadsOnVia(here, visited, names) {
    this._visits += 1;
    if (this.targets.has(here.node)) return this.question.via.every((name) => names.has(name));
    if (this._visits > MAX_VISITS || !this.engine.work.spend()) return false;
    return this._onward(here).some(
      (next) =>
        !visited.has(next.node) &&
        !this.filter.meetsAvoid(next.met) &&
        this._leadsOnVia(next, new Set(visited).add(next.node), this._joined(names, next.met)),
    );
  }

  _onward({ node, sign, depth }) {
    const found = passages(this.engine, node, sign, this.at)
      .filter((complex) => this.reach.has(complex))
      .map((complex) => ({ node: complex, sign, depth, met: new Set([complex]) }));
    for (const claim of this.graph.leaving.get(node) || NONE) {
      if (!this._within(depth + 1, claim.object)) continue;
      const met = this.noting ? this._touched(this.engine.fire(claim, this.at)) : EMPTY;
      found.push({ node: claim.object, sign: times(sign, claim.sign), depth: depth + 1, met });
    }
    return found;
  }

  // -- filters and bound

  _hidden() {
    if (!isFiltered(this.question) && !this.closed.size) return NONE;
    const found = new Set();
    let count = 0;
    for (const trail of new Search(this.engine, this.at, null, true).to(this.targets)) {
      if (count >= MAX_HIDDEN) break;
      count += 1;
      const walk = walkOf(trail);
      this.filter.culprits(walk).forEach((name) => found.add(name));
      const kinds = walk.nodes.slice(1, -1).map((node) => this.graph.kind(node));
      sorted(kinds.filter((kind) => this.closed.has(kind))).forEach((kind) => found.add(`kind:${kind}`));
    }
    return [...found].map((name) => failure("filtered", name));
  }

  // Whether the bound, not a gate, stops the paths that fire.
  _longer() {
    const search = new Search(this.engine, this.at, this.filter);
    const trails = search.to(this.targets);
    while (!trails.next().done);
    return search.cut;
  }
}
