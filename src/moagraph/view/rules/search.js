// All simple paths of firing steps, shortest first, and how far it is to an end.
//
// A trail is the head of a walk, linked to where it came from. A passage from a lowered component
// to its complex costs no step and has no sign of its own. Two claims between the same pair of
// nodes are two paths, and a path ends at the first node that meets the end.

// Counts tried steps over one whole question; `over` tells that the search was given up.
class Work {
  constructor(limit) {
    this.left = limit;
    this.over = false;
  }

  spend() {
    this.left -= 1;
    if (this.left < 0) this.over = true;
    return !this.over;
  }
}

function times(left, right) {
  if (left === "unknown" || right === "unknown") return "unknown";
  return left === right ? 1 : -1;
}

// The least number of steps from each node to a target, gates and signs left aside.
function distances(graph, targets, limit = Infinity) {
  const reach = new Map([...targets].map((target) => [target, 0]));
  let level = [...targets];
  for (let steps = 0; ; steps += 1) {
    for (const node of level) {
      for (const member of graph.components.get(node) || NONE) {
        if (reach.has(member)) continue;
        reach.set(member, steps);
        level.push(member);
      }
    }
    const following = new Set();
    for (const node of level) {
      for (const subject of graph.entering.get(node) || NONE) {
        if (!reach.has(subject)) following.add(subject);
      }
    }
    if (!following.size || steps === limit) return { reach, further: following.size > 0 };
    level = [...following];
    level.forEach((node) => reach.set(node, steps + 1));
  }
}

// The complexes that a node lowers: its net change is -1 and nothing stands in.
function passages(engine, node, sign, at) {
  if (sign !== -1) return NONE;
  const standsIn = (rivals) => rivals.some((rival) => engine.background.present(rival, at));
  return (engine.graph.lowers.get(node) || NONE)
    .filter(({ complex, rivals }) => !engine.background.gone(complex) && !rivals.every(standsIn))
    .map(({ complex }) => complex);
}

// The kinds of nodes that paths do not go through, as data and question have it.
function closedKinds({ closed }, question) {
  const opened = (kind) =>
    (question.through_drugs && DRUGS.has(kind)) || (question.through_diseases && DISEASES.has(kind));
  return new Set(closed.filter((kind) => !opened(kind)));
}

function trailOf(parent, firing, node, sign, at, depth) {
  return { parent, firing, node, sign, at, depth };
}

// Read a trail back into a path.
function walkOf(trail) {
  const steps = [];
  const crossed = [];
  const nodes = [];
  let startSign = 1;
  for (let head = trail; head; head = head.parent) {
    nodes.push(head.node);
    if (head.firing) steps.push(head.firing);
    else if (head.parent) crossed.push({ after: head.depth, component: head.parent.node, complex: head.node });
    else startSign = head.sign;
  }
  steps.reverse();
  return {
    steps,
    passages: crossed.reverse(),
    nodes: nodes.reverse(),
    sign: trail.sign,
    startSign,
    at: trail.at,
    ids: steps.map((firing) => firing.claim.id),
    end: trail.node,
  };
}

// Paths from the start of a question in one context. After the walk `cut` tells whether the bound
// stopped a path that might have gone on, `unseen` whether it kept the search from nodes so far
// from the end that nobody looked whether they reach it.
class Search {
  constructor(engine, at, filter = null, opened = false) {
    this.engine = engine;
    this.graph = engine.graph;
    this.at = at;
    this.question = engine.background.question;
    this.filter = filter;
    this.closed = opened ? EMPTY : closedKinds(this.graph, this.question);
    this.cut = false;
    this.unseen = false;
    this.further = false;
    this.visited = new Set();
  }

  _start() {
    const { background } = this.engine;
    const { a } = this.question;
    if (background.gone(a) || !this._passes(a)) return null;
    return trailOf(null, null, a, background.startSign, this.at, 0);
  }

  _passes(node) {
    return this.filter === null || this.filter.node(node);
  }

  // The trails to any of the targets, shorter ones first: deepened one step at a time.
  *to(targets) {
    const wanted = new Set(targets);
    wanted.delete(this.question.a);
    const start = this._start();
    if (!start || !wanted.size) return;
    const limit = this.question.max_length;
    const { reach, further } = distances(this.graph, wanted, limit);
    this.further = further;
    const least = reach.get(start.node);
    this.cut = least === undefined && further;
    if (least === undefined) return;
    for (let bound = least; bound <= limit && !this.engine.work.over; bound += 1) {
      yield* this._deepen(start, bound, wanted, reach);
    }
  }

  *_deepen(start, bound, targets, reach) {
    this.visited = new Set([start.node]);
    const frames = [this._frame(start)];
    while (frames.length && !this.engine.work.over) {
      const frame = frames[frames.length - 1];
      const trail = this._next(frame, bound, reach);
      if (!trail) {
        this.visited.delete(frame.trail.node);
        frames.pop();
      } else if (targets.has(trail.node)) {
        if (trail.depth === bound) yield trail;
      } else if (!this.closed.has(this.graph.kind(trail.node))) {
        this.visited.add(trail.node);
        frames.push(this._frame(trail));
      }
    }
  }

  _frame(trail) {
    return {
      trail,
      complexes: passages(this.engine, trail.node, trail.sign, trail.at),
      claims: this.graph.leaving.get(trail.node) || NONE,
      place: 0,
    };
  }

  // The next trail from a frame that may still reach the end within the bound, or null.
  _next(frame, bound, reach) {
    const { trail, complexes, claims } = frame;
    const far = (node) => (reach.has(node) ? reach.get(node) : Infinity);
    while (frame.place < complexes.length + claims.length) {
      const place = frame.place;
      frame.place += 1;
      if (!this.engine.work.spend()) return null;
      if (place < complexes.length) {
        const node = complexes[place];
        if (this.visited.has(node)) continue;
        if (trail.depth + far(node) > bound) {
          this._leave(bound, reach.has(node));
          continue;
        }
        if (!this._passes(node)) continue;
        return trailOf(trail, null, node, trail.sign, trail.at, trail.depth);
      }
      const claim = claims[place - complexes.length];
      if (this.visited.has(claim.object)) continue;
      if (trail.depth + 1 + far(claim.object) > bound) {
        this._leave(bound, reach.has(claim.object));
        continue;
      }
      const following = this._step(trail, claim);
      if (following) return following;
    }
    return null;
  }

  // Note that the bound keeps, or may keep, the search from a node that reaches the end later.
  _leave(bound, reaches) {
    if (bound !== this.question.max_length) return;
    if (reaches) this.cut = true;
    else if (this.further) this.unseen = true;
  }

  _step(trail, claim) {
    const firing = this.engine.fire(claim, trail.at);
    if (!firing.fires) return null;
    if (this.filter !== null && !(this.filter.step(firing) && this.filter.node(claim.object))) return null;
    return trailOf(trail, firing, claim.object, times(trail.sign, claim.sign), firing.after, trail.depth + 1);
  }

  // A trail for every path that fires, to whatever node, depth first.
  *everywhere() {
    const start = this._start();
    if (!start) return;
    this.visited = new Set([start.node]);
    const frames = [{ trail: start, heads: this._heads(start), place: 0 }];
    while (frames.length && !this.engine.work.over) {
      const frame = frames[frames.length - 1];
      if (frame.place === frame.heads.length) {
        this.visited.delete(frame.trail.node);
        frames.pop();
        continue;
      }
      const head = frame.heads[frame.place];
      frame.place += 1;
      yield head;
      if (this.closed.has(this.graph.kind(head.node))) continue;
      this.visited.add(head.node);
      frames.push({ trail: head, heads: this._heads(head), place: 0 });
    }
  }

  _heads(trail) {
    const heads = passages(this.engine, trail.node, trail.sign, trail.at)
      .filter((node) => !this.visited.has(node) && this._passes(node))
      .map((node) => trailOf(trail, null, node, trail.sign, trail.at, trail.depth));
    for (const claim of this.graph.leaving.get(trail.node) || NONE) {
      if (this.visited.has(claim.object)) continue;
      if (trail.depth >= this.question.max_length) {
        this.cut = true;
        break;
      }
      if (!this.engine.work.spend()) break;
      const following = this._step(trail, claim);
      if (following) heads.push(following);
    }
    return heads;
  }
}

// What the asked drug itself moves among the participants of a step.
class Moved {
  constructor(engine, at) {
    this.engine = engine;
    this.at = at;
    this._ends = new Map();
  }

  of(firing) {
    const { background, graph } = this.engine;
    const { claim } = firing;
    if (!background.startIsDrug || (!claim.via && !claim.terms.length)) return NONE;
    const names = this.engine.participants(firing, false);
    claim.terms.forEach((term) => names.add(term.entity));
    const proteins = new Set([...names].map((name) => graph.ownerOfFeature.get(name) || name));
    proteins.delete(claim.subject);
    proteins.delete(claim.object);
    return sorted([...proteins].filter((name) => this._isEnd(name)));
  }

  _isEnd(entity) {
    if (!this._ends.has(entity)) {
      const first = new Search(this.engine, this.at).to([entity]).next();
      this._ends.set(entity, !first.done);
    }
    return this._ends.get(entity);
  }
}
