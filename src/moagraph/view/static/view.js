// vis-network keeps the camera: drag, zoom, fit. Boxes are its custom nodes, lines are painted.

let network = null;
let touched = false;
let nodesData = null;
let edgesData = null;
const LEAST_TEXT = 11;

function visNode(node) {
  return {
    id: node.id, x: node.x, y: node.y, shape: "custom", label: node.label, fixed: true,
    ctxRenderer: ({ ctx }) => ({
      drawNode() { paintNode(new CanvasPen(ctx), node, lookOfNode(node)); },
      nodeDimensions: { width: node.w, height: node.h },
    }),
  };
}

const visEdge = (edge) => ({ id: edge.id, from: edge.from, to: edge.to, hidden: true, physics: false });

function openNetwork() {
  nodesData = new vis.DataSet([...state.scene.nodes.values()].map(visNode));
  edgesData = new vis.DataSet([...state.scene.edges.values()].map(visEdge));
  network = new vis.Network(byId("canvas"), { nodes: nodesData, edges: edgesData }, {
    physics: { enabled: false }, layout: { improvedLayout: false },
    interaction: {
      dragNodes: false, hover: false, keyboard: false, multiselect: false, selectable: false,
      selectConnectedEdges: false, hoverConnectedEdges: false, zoomSpeed: 0.7,
    },
    edges: { smooth: false },
  });
  byId("canvas").removeAttribute("title");
  const canvas = byId("canvas").querySelector("canvas");
  if (canvas) canvas.setAttribute("aria-hidden", "true");
  for (const frame of byId("canvas").querySelectorAll(".vis-network")) frame.removeAttribute("tabindex");
  let drawn = [];
  network.on("beforeDrawing", (context) => {
    refocus();
    const pen = new CanvasPen(context);
    const view = viewBox();
    paintColumns(pen, [0, view[1], 0, view[3]]);
    drawn = paintEdges(pen, view);
  });
  network.on("afterDrawing", (context) => {
    paintMarks(new CanvasPen(context), drawn);
    placeHeadings();
    paintMap();
  });
  network.on("click", onClick);
  for (const kind of ["zoom", "dragStart", "click"]) network.on(kind, () => { touched = true; });
  const surface = byId("canvas");
  surface.addEventListener("pointermove", onMove);
  surface.addEventListener("pointerleave", () => { setHover("", 0, 0); });
}

function setScene(scene) {
  state.scene = scene;
  state.mainNodes = new Set();
  for (const id of scene.spine) {
    const edge = scene.edges.get(id);
    if (edge) for (const end of [edge.from, edge.to]) state.mainNodes.add(end);
  }
  if (!network) return;
  edgesData.clear();
  nodesData.clear();
  nodesData.add([...scene.nodes.values()].map(visNode));
  edgesData.add([...scene.edges.values()].map(visEdge));
}

function viewBox() {
  const size = byId("canvas").getBoundingClientRect();
  const a = network.DOMtoCanvas({ x: 0, y: 0 });
  const b = network.DOMtoCanvas({ x: size.width, y: size.height });
  return [a.x, a.y, b.x, b.y];
}

const redraw = () => network && network.redraw();

// -- camera -----------------------------------------------------------------

function stageSize() {
  const size = byId("canvas").getBoundingClientRect();
  const panel = byId("panel");
  const wide = innerWidth > 700;
  const open = !panel.hidden;
  return {
    width: size.width - (open && wide ? panel.offsetWidth : 0),
    height: size.height - (open && !wide ? panel.offsetHeight : 0) - HEADING_SPACE -
      (byId("stepper").hidden ? 0 : byId("stepper").offsetHeight + 16),
    full: size,
  };
}

function lookAt(x, y, scale, moving) {
  const size = stageSize();
  const dx = (size.full.width - size.width) / 2 / scale;
  const dy = (size.full.height - size.height - 2 * HEADING_SPACE) / 2 / scale;
  network.moveTo({
    position: { x: x + dx, y: y + dy }, scale,
    animation: moving && !calm() ? { duration: 260, easingFunction: "easeInOutQuad" } : false,
  });
}

function fitNodes(nodes, moving, least) {
  const [x0, y0, x1, y1] = sceneBox(nodes);
  const size = stageSize();
  const scale = Math.min(size.width / (x1 - x0 + 56), size.height / (y1 - y0 + 40), 1.25);
  const wanted = Math.max(scale, least || 0.02);
  let [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  if (wanted > scale) {
    // Not all can be read at once: begin where the story begins.
    const room = [size.width / wanted, size.height / wanted];
    const first = state.scene.nodes.get(startNode());
    if (x1 - x0 + 56 > room[0]) x = Math.min(Math.max(first.x, x0 - 28 + room[0] / 2), x1 + 28 - room[0] / 2);
    if (y1 - y0 + 40 > room[1]) y = Math.min(Math.max(first.y, y0 - 20 + room[1] / 2), y1 + 20 - room[1] / 2);
  }
  lookAt(x, y, wanted, moving);
}

const readable = () => LEAST_TEXT / SIZE;
function startNode() {
  const drug = (PAGE.drugs[0] || [""])[0];
  if (state.answer && state.scene.nodes.has(state.question.a)) return state.question.a;
  return state.scene.nodes.has(drug) ? drug : state.scene.nodes.keys().next().value;
}

const showAll = (moving, least) => state.scene.nodes.size && fitNodes([...state.scene.nodes.values()], moving, least);

// Until somebody moves the picture, it fits the window, whatever becomes of that.
function keepInView() {
  if (touched) return;
  network.canvas.cameraState = {};  // else vis scales the camera itself, after this
  showAll(false, readable());
}

function showNodes(ids) {
  const nodes = ids.map((id) => state.scene.nodes.get(id)).filter(Boolean);
  if (!nodes.length) return;
  const view = viewBox();
  const size = stageSize();
  const scale = Math.max(network.getScale(), readable());
  const right = view[0] + size.width / network.getScale();
  const bottom = view[1] + (size.height + HEADING_SPACE) / network.getScale();
  const box = sceneBox(nodes);
  const top = view[1] + HEADING_SPACE / network.getScale();
  if (network.getScale() >= readable() * 0.8 &&
    box[0] >= view[0] && box[2] <= right && box[1] >= top && box[3] <= bottom) return;
  if ((box[2] - box[0] + 56) * scale > size.width || (box[3] - box[1] + 40) * scale > size.height) {
    fitNodes(nodes, true, 0.3);
  } else lookAt((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, scale, true);
}

function zoom(factor) {
  network.moveTo({ scale: Math.min(4, Math.max(0.03, network.getScale() * factor)),
    animation: calm() ? false : { duration: 140, easingFunction: "linear" } });
}

// -- headings ---------------------------------------------------------------

function makeHeadings() {
  byId("headings").replaceChildren(...state.scene.columns.map(([name, text]) =>
    element("span", { class: `heading ${name}`, text })));
  for (const span of byId("headings").children) span.dataset.wide = String(span.offsetWidth);
}

function placeHeadings() {
  const spans = byId("headings").children;
  const columns = state.scene.columns;
  columns.forEach(([, , left, right], place) => {
    const before = columns[place - 1];
    const after = columns[place + 1];
    const a = network.canvasToDOM({ x: before ? (before[3] + left) / 2 : left - 26, y: 0 }).x;
    const b = network.canvasToDOM({ x: after ? (after[2] + right) / 2 : right + 26, y: 0 }).x;
    const span = spans[place];
    if (!span) return;
    // A heading stays over what is seen of its column.
    const width = byId("canvas").clientWidth;
    const [l, r] = [Math.max(a, 0), Math.min(b, width)];
    span.style.left = `${Math.round(r > l ? l : a)}px`;
    const room = Math.max(0, Math.round(r > l ? r - l : b - a));
    span.style.width = `${room}px`;
    const wide = Number(span.dataset.wide);
    span.style.fontSize = room < wide && room > wide * 0.7 ? `${Math.max(10, Math.floor(13.5 * room / wide))}px` : "";
    // Half a word is no heading: where a column is barely seen, it has none.
    span.style.visibility = r - l < Math.min(wide * 0.7, b - a) - 1 || room < wide * 0.7 ? "hidden" : "visible";
  });
}

// -- mouse ------------------------------------------------------------------

function onClick(event) {
  const { x, y } = event.pointer.canvas;
  const node = nodeAt(x, y);
  if (node) { openNode(node.id); return; }
  const found = edgesNear(x, y, 10 / network.getScale());
  if (found.length) openEdges(found.map((e) => e.id));
  else clearChoice();
}

let moved = 0;
function onMove(event) {
  if (event.buttons || event.pointerType === "touch") return;
  const now = performance.now();
  if (now - moved < 30) return;
  moved = now;
  const rect = byId("canvas").getBoundingClientRect();
  const { x, y } = network.DOMtoCanvas({ x: event.clientX - rect.left, y: event.clientY - rect.top });
  const node = nodeAt(x, y);
  const edge = node ? null : edgesNear(x, y, 6 / network.getScale())[0];
  byId("canvas").style.cursor = node || edge ? "pointer" : "grab";
  setHover(edge ? edge.id : "", event.clientX - rect.left, event.clientY - rect.top);
}

function setHover(id, x, y) {
  const tip = byId("tip");
  if (id) {
    tip.textContent = state.scene.edges.get(id).text;
    tip.hidden = false;
    const width = byId("canvas").clientWidth;
    tip.style.left = `${Math.max(8, Math.min(x + 14, width - tip.offsetWidth - 8))}px`;
    tip.style.top = `${y + 18}px`;
  } else tip.hidden = true;
  if (state.hover !== id) { state.hover = id; redraw(); }
}
