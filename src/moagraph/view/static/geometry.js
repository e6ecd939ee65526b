// Lines as curves: knots become pieces that leave and arrive level; hits are found on them.

function piece(x0, y0, x1, y1, bulge) {
  if (bulge) {
    const out = Math.max(x0, x1) + bulge;
    return [x0, y0, out, y0, out, y1, x1, y1];
  }
  const bend = (x1 - x0) * 0.5;
  return [x0, y0, x0 + bend, y0, x1 - bend, y1, x1, y1];
}

// Return {trunk: [pieces], branch: [pieces]}: a claim through a machine has both parts.
function curveOf(edge, machine) {
  const knots = edge.knots;
  const parts = [[]];
  const left = machine ? machine.x - machine.w / 2 : null;
  const right = machine ? machine.x + machine.w / 2 : null;
  for (let i = 0; i + 3 < knots.length; i += 2) {
    const [x0, y0, x1, y1] = [knots[i], knots[i + 1], knots[i + 2], knots[i + 3]];
    const inside = machine && parts.length === 1 && ((near(x0, left) && near(x1, right)) ||
      (near(x0, right) && near(x1, left)) || (near(x0, x1) && near(x0, right)));
    if (inside && i > 0) parts.push([]);
    else parts[parts.length - 1].push(piece(x0, y0, x1, y1, edge.bulge));
  }
  const [trunk, branch] = parts.length > 1 ? parts : [[], parts[0]];
  return { trunk, branch, all: [...trunk, ...branch], box: bounds([...trunk, ...branch]) };
}

const near = (a, b) => Math.abs(a - b) <= 1;

function bounds(pieces) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const p of pieces) {
    for (let i = 0; i < 8; i += 2) {
      x0 = Math.min(x0, p[i]); x1 = Math.max(x1, p[i]);
      y0 = Math.min(y0, p[i + 1]); y1 = Math.max(y1, p[i + 1]);
    }
  }
  return [x0, y0, x1, y1];
}

function at(p, t) {
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return [a * p[0] + b * p[2] + c * p[4] + d * p[6], a * p[1] + b * p[3] + c * p[5] + d * p[7]];
}

// The longest piece of the last part, half way: where a mark is least in the way.
function middle(edge) {
  const pieces = edge.path.branch.length ? edge.path.branch : edge.path.all;
  let best = pieces[0];
  let size = -1;
  for (const p of pieces) {
    const long = Math.hypot(p[6] - p[0], p[7] - p[1]);
    if (long > size) [best, size] = [p, long];
  }
  return best ? at(best, 0.5) : [0, 0];
}

function distance(edge, x, y, limit) {
  const [x0, y0, x1, y1] = edge.path.box;
  if (x < x0 - limit || x > x1 + limit || y < y0 - limit || y > y1 + limit) return Infinity;
  let best = Infinity;
  for (const p of edge.path.all) {
    const steps = Math.min(60, 4 + Math.ceil(Math.hypot(p[6] - p[0], p[7] - p[1]) / 12));
    let [ax, ay] = [p[0], p[1]];
    for (let i = 1; i <= steps; i++) {
      const [bx, by] = at(p, i / steps);
      const [dx, dy] = [bx - ax, by - ay];
      const long = dx * dx + dy * dy;
      const t = long ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / long)) : 0;
      best = Math.min(best, Math.hypot(x - ax - t * dx, y - ay - t * dy));
      [ax, ay] = [bx, by];
    }
  }
  return best;
}

function edgesNear(x, y, limit) {
  const found = [];
  for (const edge of state.scene.edges.values()) {
    if (!shownEdge(edge)) continue;
    const far = distance(edge, x, y, limit);
    if (far <= limit) found.push([far, edge]);
  }
  return found.sort((a, b) => a[0] - b[0]).map((entry) => entry[1]);
}

function nodeAt(x, y) {
  for (const node of state.scene.nodes.values()) {
    if (Math.abs(x - node.x) <= node.w / 2 && Math.abs(y - node.y) <= node.h / 2 &&
      shownNode(node)) return node;
  }
  return null;
}

function sceneBox(nodes) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const n of nodes) {
    x0 = Math.min(x0, n.x - n.w / 2); x1 = Math.max(x1, n.x + n.w / 2);
    y0 = Math.min(y0, n.y - n.h / 2); y1 = Math.max(y1, n.y + n.h / 2);
  }
  return [x0, y0, x1, y1];
}

const number = (value) => String(Math.round(value * 10) / 10);
function pathText(pieces) {
  let text = "";
  let end = null;
  for (const p of pieces) {
    if (!end || end[0] !== p[0] || end[1] !== p[1]) text += `M${number(p[0])} ${number(p[1])}`;
    text += `C${p.slice(2).map(number).join(" ")}`;
    end = [p[6], p[7]];
  }
  return text;
}
