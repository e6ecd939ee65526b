// The picture, painted once for all: a pen is a canvas or an SVG text, both get the same shapes.

const FONT = 'system-ui, -apple-system, "Segoe UI", "DejaVu Sans", Arial, sans-serif';
const SIZE = 14;
const LINE_HEIGHT = 17;
const HEADING_SPACE = 46;
const PALETTE_NAMES = ["paper", "band", "ink", "soft", "plus", "minus", "neutral", "mark",
  "drug", "ligase", "neosubstrate", "downstream", "effect", "indication",
  "drug-line", "ligase-line", "neosubstrate-line", "downstream-line", "effect-line",
  "indication-line", "indication-ink", "dispute", "trunk"];

let palette = {};
function readPalette(theme) {
  const probe = element("div", { class: `palette ${theme}` });
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const found = {};
  for (const name of PALETTE_NAMES) found[name] = style.getPropertyValue(`--${name}`).trim();
  probe.remove();
  return found;
}

// -- pens -------------------------------------------------------------------

class CanvasPen {
  constructor(context) { this.context = context; }

  path(text, look) {
    const c = this.context;
    const shape = typeof text === "string" ? new Path2D(text) : text;
    c.save();
    c.globalAlpha = look.alpha === undefined ? 1 : look.alpha;
    if (look.fill) { c.fillStyle = look.fill; c.fill(shape); }
    if (look.stroke) {
      c.strokeStyle = look.stroke;
      c.lineWidth = look.width || 1;
      c.setLineDash(look.dash || []);
      c.lineCap = look.cap || "butt";
      c.lineJoin = "round";
      c.stroke(shape);
    }
    c.restore();
  }

  text(x, y, words, look) {
    const c = this.context;
    c.save();
    c.globalAlpha = look.alpha === undefined ? 1 : look.alpha;
    c.font = `${look.weight || 400} ${look.size || SIZE}px ${FONT}`;
    c.textAlign = look.align || "center";
    c.textBaseline = "alphabetic";
    c.fillStyle = look.fill;
    c.fillText(words, x, y);
    c.restore();
  }

  open() {}
  close() {}
}

const escapeXml = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "�")
  .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

class SvgPen {
  constructor() { this.parts = []; }

  path(text, look) {
    let more = ` fill="${look.fill || "none"}"`;
    if (look.stroke) more += ` stroke="${look.stroke}" stroke-width="${number(look.width || 1)}"`;
    if (look.stroke && look.dash && look.dash.length) more += ` stroke-dasharray="${look.dash.join(" ")}"`;
    if (look.stroke && look.cap === "round") more += ' stroke-linecap="round"';
    if (look.alpha !== undefined && look.alpha < 1) more += ` opacity="${number(look.alpha)}"`;
    this.parts.push(`<path d="${text}"${more}/>`);
  }

  text(x, y, words, look) {
    const anchor = { left: "start", right: "end" }[look.align] || "middle";
    const faded = look.alpha !== undefined && look.alpha < 1 ? ` opacity="${number(look.alpha)}"` : "";
    this.parts.push(`<text x="${number(x)}" y="${number(y)}" text-anchor="${anchor}" font-size="${look.size || SIZE}"` +
      ` font-weight="${look.weight || 400}" fill="${look.fill}"${faded}>${escapeXml(words)}</text>`);
  }

  open(title) { this.parts.push(`<g><title>${escapeXml(title)}</title>`); }
  close() { this.parts.push("</g>"); }
}

// -- boxes ------------------------------------------------------------------

function outline(col, x, y, w, h, grow) {
  const g = grow || 0;
  const [l, t, r, b] = [x - w / 2 - g, y - h / 2 - g, x + w / 2 + g, y + h / 2 + g];
  const round = (k) => `M${l + k} ${t}H${r - k}Q${r} ${t} ${r} ${t + k}V${b - k}Q${r} ${b} ${r - k} ${b}` +
    `H${l + k}Q${l} ${b} ${l} ${b - k}V${t + k}Q${l} ${t} ${l + k} ${t}Z`;
  if (col === "drug") return round(Math.min(15 + g, (b - t) / 2));
  if (col === "neosubstrate") return round(8 + g / 2);
  if (col === "downstream") return round(2 + g / 2);
  if (col === "ligase") {
    const k = 7;
    return `M${l + k} ${t}H${r - k}L${r} ${t + k}V${b - k}L${r - k} ${b}H${l + k}L${l} ${b - k}V${t + k}Z`;
  }
  if (col === "effect") {
    const k = 7;
    const m = (t + b) / 2;
    return `M${l + k} ${t}H${r - k}L${r} ${m}L${r - k} ${b}H${l + k}L${l} ${m}Z`;
  }
  return round(3 + g / 2);
}

function paintNode(pen, node, look) {
  const alpha = look.alpha;
  const col = node.col;
  const shape = outline(col, node.x, node.y, node.w, node.h);
  if (look.ring) {
    pen.path(outline(col, node.x, node.y, node.w, node.h, 4), { stroke: palette.mark, width: 2.5, alpha });
  }
  if (alpha < 1) pen.path(shape, { fill: palette.paper });
  pen.path(shape, {
    fill: palette[col], stroke: palette[`${col}-line`], width: look.heavy ? 2.6 : 1.4, alpha,
  });
  const ink = col === "indication" ? palette["indication-ink"] : palette.ink;
  const chips = node.drugs && node.drugs.length ? 20 : 0;
  const lines = node.lines;
  let y = node.y - ((lines.length - 1) * LINE_HEIGHT) / 2 + SIZE * 0.36 - chips / 2;
  for (const words of lines) {
    pen.text(node.x, y, words, { fill: ink, alpha, weight: look.heavy ? 600 : 400 });
    y += LINE_HEIGHT;
  }
  if (chips) paintChips(pen, node, y - LINE_HEIGHT + 17, alpha);
}

// In a comparison: which drugs take a neosubstrate (filled), and which were shown not to (struck).
function paintChips(pen, node, y, alpha) {
  const wide = 24;
  let x = node.x - ((node.drugs.length - 1) * wide) / 2;
  for (const [drug, takes] of node.drugs) {
    const shape = `M${x - 10} ${y - 7}h20v14h-20Z`;
    pen.path(shape, { fill: takes ? palette["neosubstrate-line"] : palette.paper,
      stroke: palette["neosubstrate-line"], width: 1, alpha });
    const mark = (PAGE.drugs.find((d) => d[0] === drug) || ["", "", "?"])[2];
    pen.text(x, y + 4, mark, { size: 11, weight: 700, alpha,
      fill: takes ? palette.paper : palette.ink });
    if (!takes) pen.path(`M${x - 10} ${y + 7}L${x + 10} ${y - 7}`, { stroke: palette.ink, width: 1.2, alpha });
    x += wide;
  }
}

// -- lines ------------------------------------------------------------------

function signColour(edge) {
  if (edge.style === "negated" || edge.style === "refuted") return palette.neutral;
  return { 1: palette.plus, "-1": palette.minus }[edge.sign] || palette.neutral;
}

const DASHES = {
  observed: [0.1, 5], outcome: [], gate: [11, 4, 2, 4], negated: [3, 4], refuted: [3, 4],
  unsourced: [2, 3],
};
function dashOf(edge) {
  if (DASHES[edge.style]) return DASHES[edge.style];
  if (edge.level === "direct") return [];
  return edge.level === "indirect" || edge.level === "inferred" ? [8, 4] : [16, 3];
}

function paintEdge(pen, edge, look) {
  const alpha = look.alpha;
  const colour = look.ring ? palette.mark : look.blocked ? palette.neutral : signColour(edge);
  const width = (look.heavy ? 3 : 1.6) + (look.ring ? 0.6 : 0);
  const { trunk, branch } = edge.path;
  if (trunk.length && look.trunk) {
    pen.path(pathText(trunk), { stroke: palette.trunk, width: look.heavy ? 3 : 1.6, alpha });
  }
  const [body, head] = cutForHead(branch, edge, look.heavy ? 1.25 : 1);
  const text = pathText(body);
  const line = { stroke: colour, width, alpha, dash: dashOf(edge) };
  if (edge.style === "observed") line.cap = "round";
  if (edge.style === "outcome") line.width = width + 2.4;
  if (look.ring) pen.path(text, { stroke: palette.mark, width: width + 6, alpha: 0.25 });
  pen.path(text, line);
  if (edge.style === "outcome") pen.path(text, { stroke: palette.paper, width: width - 0.4, alpha });
  paintHead(pen, head, edge, colour, look);
}

// Shorten the last piece so that the line ends where its head begins.
function cutForHead(pieces, edge, scale) {
  if (!pieces.length) return [[], null];
  const last = pieces[pieces.length - 1].slice();
  const forward = last[6] - last[4] >= 0 ? 1 : -1;
  const head = { x: last[6], y: last[7], forward, scale };
  const cut = { 1: 9, "-1": 3.4, unknown: 11 }[edge.sign];
  if (cut) { last[6] -= forward * cut * scale; }
  return [[...pieces.slice(0, -1), last], head];
}

function paintHead(pen, head, edge, colour, look) {
  if (!head) return;
  const { x, y, forward: f, scale: k } = head;
  const alpha = look.alpha;
  if (edge.sign === 1) {
    pen.path(`M${x - f} ${y}L${x - f * 10.5 * k} ${y - 5 * k}L${x - f * 8.5 * k} ${y}L${x - f * 10.5 * k} ${y + 5 * k}Z`,
      { fill: colour, alpha });
  } else if (edge.sign === -1) {
    pen.path(`M${x - f * 3.4 * k} ${y - 6 * k}V${y + 6 * k}`, { stroke: colour, width: 3 * k, alpha });
  } else if (edge.sign === "unknown") {
    pen.path(`M${x - f} ${y}L${x - f * 6} ${y - 4.5}L${x - f * 11} ${y}L${x - f * 6} ${y + 4.5}Z`,
      { fill: palette.paper, stroke: colour, width: 1.5, alpha });
  }
}

// Marks on lines: what is disputed or shown not to be; the sign, where a path is looked at.
function paintMark(pen, edge, look) {
  const word = look.blocked ? "×" : { contested: "?", refuted: "×", negated: "×", unsourced: "!" }[edge.style];
  const sign = look.signs ? signText(edge.sign) : "";
  if (!word && !sign) return;
  const [x, y] = middle(edge);
  const disc = (cx, fill, stroke, ink, what) => {
    pen.path(`M${cx - 8} ${y}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0Z`, { fill, stroke, width: 1.5, alpha: look.alpha });
    pen.text(cx, y + 4.6, what, { size: 13, weight: 700, fill: ink, alpha: look.alpha });
  };
  const colour = signColour(edge);
  const both = word && sign;
  if (sign) disc(both ? x - 9 : x, palette.paper, colour, colour, sign);
  if (word === "?") disc(both ? x + 9 : x, palette.dispute, palette.ink, palette.ink, word);
  else if (word) disc(both ? x + 9 : x, palette.paper, palette.neutral, palette.ink, word);
}

// -- the whole --------------------------------------------------------------

function paintColumns(pen, box) {
  state.scene.columns.forEach(([name, , left, right], place) => {
    if (place % 2) return;
    const before = place ? state.scene.columns[place - 1] : null;
    const after = state.scene.columns[place + 1];
    const l = before ? (before[3] + left) / 2 : left - 26;
    const r = after ? (after[2] + right) / 2 : right + 26;
    pen.path(`M${number(l)} ${box[1]}H${number(r)}V${box[3]}H${number(l)}Z`, { fill: palette.band });
  });
}

const edgeOrder = (look) => (look.ring ? 3 : 0) + (look.heavy ? 1 : 0) + (look.alpha >= 1 ? 1 : 0);
function paintEdges(pen, view) {
  const drawn = [];
  for (const edge of state.scene.edges.values()) {
    if (!shownEdge(edge)) continue;
    if (view && outside(edge.path.box, view)) continue;
    drawn.push([edge, lookOfEdge(edge)]);
  }
  drawn.sort((a, b) => edgeOrder(a[1]) - edgeOrder(b[1]));
  const trunks = new Map();
  for (const [edge, look] of drawn) {
    if (edge.path.trunk.length) trunks.set(`${edge.from} ${edge.via}`, edge.id);
  }
  for (const [edge, look] of drawn) {
    look.trunk = trunks.get(`${edge.from} ${edge.via}`) === edge.id;
    pen.open(edge.text);
    paintEdge(pen, edge, look);
    pen.close();
  }
  return drawn;
}

function paintMarks(pen, drawn) {
  for (const [edge, look] of drawn) paintMark(pen, edge, look);
}

const outside = (box, view) =>
  box[2] < view[0] || box[0] > view[2] || box[3] < view[1] || box[1] > view[3];
