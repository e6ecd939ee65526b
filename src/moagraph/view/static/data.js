// What the page knows: boxes, lines, paths, names; and small helpers for the document.

const byId = (id) => document.getElementById(id);
const readJson = (id) => JSON.parse(byId(id).textContent);
const PAGE = readJson("page");
const { knowledge: KNOWLEDGE, names: NAMES, nodes: NODES, edges: EDGES } = window.moagraphParts;
delete window.moagraphParts;

// The scene is what is drawn: the picture of the file, or that of an answer found in the page.
function makeScene(nodes, edges, columns, paths, spine) {
  const scene = {
    nodes: new Map(nodes.map((n) => [n.id, n])),
    edges: new Map(edges.map((e) => [e.id, e])),
    columns, paths, spine: new Set(spine), touching: new Map(),
  };
  for (const edge of edges) {
    for (const end of new Set([edge.from, edge.to, edge.via])) {
      if (!end) continue;
      if (!scene.touching.has(end)) scene.touching.set(end, []);
      scene.touching.get(end).push(edge);
    }
  }
  for (const edge of edges) edge.path = curveOf(edge, scene.nodes.get(edge.via));
  return scene;
}

const state = {
  scene: null, base: null,
  node: "", edges: [], path: -1, step: -1, offered: null,
  cursor: "", hover: "",
  hidden: {}, cell: "", question: null, answer: null, answerClaims: null, blocked: null,
};

// The table of the document holds every claim with its evidence; the panel shows the same.
const rowOf = new Map();
for (const row of document.querySelectorAll("#claims tbody tr")) rowOf.set(row.dataset.id, row);

const knownNames = new Map();   // folded name -> set of ids
const ranks = [new Map(), new Map(), new Map()];   // the same by rank: id and label, synonym, xref
const nameOf = new Map();       // id -> label
const namesById = new Map(NAMES.map((row) => [row[0], row]));
const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[‐-―−]/g, "-")
  .replace(/\s+/g, " ").trim();

function learn(id, label, others) {
  nameOf.set(id, label);
  learnNames(0, id, [id, label]);
  learnNames(1, id, others);
}

function learnNames(rank, id, names) {
  for (const key of names.map(fold).filter(Boolean)) {
    for (const known of [knownNames, ranks[rank]]) {
      if (!known.has(key)) known.set(key, new Set());
      known.get(key).add(id);
    }
  }
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "onclick") made.addEventListener("click", value);
    else if (name === "text") made.textContent = value;
    else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  for (const child of children) if (child) made.append(child);
  return made;
}

const label = (id) => (state.scene && state.scene.nodes.has(id))
  ? state.scene.nodes.get(id).label : nameOf.get(id) || id;

let saying = 0;
function say(text) {
  const region = byId("status");
  region.textContent = "";
  clearTimeout(saying);
  saying = setTimeout(() => { region.textContent = text; }, 60);
}

const plural = (count, one, many) => `${count} ${count === 1 ? one : many || one + "s"}`;
const signText = (sign) => ({ 1: "+", "-1": "−", unknown: "?" })[sign] || "";
const signWord = (sign) =>
  ({ 1: "increases", "-1": "decreases", unknown: "changes" })[sign] || "no sign";
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
