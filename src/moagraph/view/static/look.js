// What is shown, what stands out, what steps back: one answer for canvas, SVG, table and counts.

const visible = (edge) => !filterHides(edge);
function shownEdge(edge) {
  return visible(edge);
}
function shownNode() { return true; }

function filterHides(edge) {
  const hidden = state.hidden;
  for (const [group, value] of facets(edge)) {
    if (hidden[group] && hidden[group].has(value)) return true;
  }
  if (state.cell && edge.cell !== state.cell) return true;
  for (const end of [edge.from, edge.to]) {
    const node = state.scene.nodes.get(end);
    if (node && hidden.category && hidden.category.has(node.col)) return true;
  }
  return false;
}

const facets = (edge) => [
  ["sign", String(edge.sign === -1 || edge.sign === 1 || edge.sign === "unknown" ? edge.sign : "none")],
  ["evidence", edge.level || "not stated"], ["kind", edge.kind], ["status", edge.status],
];

// The claims in focus: a set of ids, or null where nothing is chosen.
function focus() {
  if (state.edges.length) return new Set(state.edges);
  if (state.path >= 0) {
    const path = state.scene.paths[state.path];
    return path ? new Set(path.claims) : null;
  }
  if (state.node) return new Set((state.scene.touching.get(state.node) || []).map((e) => e.id));
  // An answer told on the picture of the file: what is not part of it steps back.
  if (state.answerClaims && state.scene.edges === state.base.edges) return state.answerClaims;
  return null;
}

let focused = null;     // kept for one drawing
let lit = new Set();    // entities of the claims in focus
function refocus() {
  focused = focus();
  lit = new Set(state.node ? [state.node] : []);
  if (!focused) return;
  for (const id of focused) {
    const edge = state.scene.edges.get(id);
    if (edge) for (const end of [edge.from, edge.to, edge.via]) if (end) lit.add(end);
  }
}

function stepClaim() {
  if (state.path < 0 || state.step < 0) return "";
  const path = state.scene.paths[state.path];
  return path ? path.claims[state.step] || "" : "";
}

function lookOfEdge(edge) {
  const inFocus = focused ? focused.has(edge.id) : false;
  const main = state.scene.spine.has(edge.id);
  const step = stepClaim();
  return {
    alpha: focused && !inFocus ? 0.14 : step && step !== edge.id ? 0.55 : 1,
    heavy: focused && focused !== state.answerClaims ? inFocus && (state.path >= 0 || state.edges.length > 0) : main,
    blocked: Boolean(state.blocked && state.blocked.has(edge.id)),
    ring: edge.id === state.hover || edge.id === step ||
      (state.edges.length > 0 && inFocus),
    signs: focused ? inFocus && focused.size <= 40 : main,
  };
}

function lookOfNode(node) {
  const main = state.mainNodes && state.mainNodes.has(node.id);
  const touched = (state.scene.touching.get(node.id) || []).some(visible);
  let alpha = focused && !lit.has(node.id) ? 0.28 : 1;
  if (!touched && state.scene.touching.has(node.id)) alpha = Math.min(alpha, 0.28);
  return { alpha, heavy: main, ring: node.id === state.node || node.id === state.cursor && canvasFocused() };
}
const canvasFocused = () => document.activeElement === byId("canvas");
