// The start: read, place, draw; then wire what can be clicked.

for (const node of NODES) learn(node.id, node.label, node.names || []);
for (const [id, name, , , same, ...others] of NAMES) {
  if (!nameOf.has(id)) learn(id, name, others);
  learnNames(2, id, same);
}

document.documentElement.classList.add("ready");
palette = readPalette(theme());
state.base = makeScene(NODES, EDGES, PAGE.columns, PAGE.paths, PAGE.spine);
setScene(state.base);

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  themeChanged();
}
function themeChanged() {
  palette = readPalette(theme());
  byId("theme").setAttribute("aria-pressed", String(theme() === "dark"));
  makeLegend();
  redraw();
}

function wire() {
  byId("paths-button").addEventListener("click", () => listPaths(true));
  byId("play").addEventListener("click", play);
  byId("zoom-in").addEventListener("click", () => zoom(1.25));
  byId("zoom-out").addEventListener("click", () => zoom(0.8));
  byId("fit").addEventListener("click", () => showAll(true, 0));
  byId("clear").addEventListener("click", () => clearChoice());
  byId("theme").addEventListener("click", () => setTheme(theme() === "dark" ? "light" : "dark"));
  byId("panel-close").addEventListener("click", () => { closePanel(true); });
  byId("step-back").addEventListener("click", () => moveStep(-1));
  byId("step-next").addEventListener("click", () => moveStep(1));
  byId("step-close").addEventListener("click", stopSteps);
  wireMap();
  byId("find").addEventListener("input", showHits);
  byId("find").addEventListener("keydown", onFindKey);
  byId("find").addEventListener("blur", () => { byId("hits").hidden = true; byId("find").setAttribute("aria-expanded", "false"); });
  byId("canvas").addEventListener("keydown", onCanvasKey);
  for (const kind of ["focus", "blur"]) byId("canvas").addEventListener(kind, redraw);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  for (const button of document.querySelectorAll("[data-export]")) {
    button.addEventListener("click", () => { EXPORTS[button.dataset.export](); byId("exports").open = false; });
  }
  for (const [id, row] of rowOf) {
    const place = row.querySelector(".drawn");
    const about = `Show claim ${row.id.replace("row-", "")} in the graph`;
    const show = place && element("button", { type: "button", class: "show", "aria-label": about, text: "◎" });
    if (show) place.append(show);
    if (show) show.addEventListener("click", () => {
      if (!state.scene.edges.has(id)) return;
      openEdges([id], true);
      byId("graph").scrollIntoView({ block: "start" });
    });
  }
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", themeChanged);
  }
  addEventListener("beforeprint", fillPrint);
  addEventListener("popstate", follow);
  network.on("resize", keepInView);
  addEventListener("hashchange", () => { if (hashOf() !== (location.hash || "#")) follow(); });
}

pathsCount();
fillBar();
openNetwork();
wire();
makeHeadings();
state.hidden = firstHidden();
makeFilters();
filtersChanged(true);
showAll(false, readable());
if (location.hash.length > 1) follow();
themeChanged();

// For scripts and tests: where things are on the screen, and what is shown.
function onScreen(x, y) {
  const frame = byId("canvas").getBoundingClientRect();
  const at_ = network.canvasToDOM({ x, y });
  return { x: frame.x + at_.x, y: frame.y + at_.y };
}

window.moagraph = {
  state, network, ready: performance.now(),
  whereIs: (id) => {
    const node = state.scene.nodes.get(id);
    return node ? onScreen(node.x, node.y) : onScreen(...freePoint(state.scene.edges.get(id)));
  },
  bring: (id) => showNodes(state.scene.nodes.has(id) ? [id] : endsOf([id])),
  looks: () => { refocus(); return [...state.scene.edges.values()].map((e) => [e.id, shownEdge(e), lookOfEdge(e)]); },
  headOf: (id) => { const e = state.scene.edges.get(id); const [body, head] = cutForHead(e.path.branch, e, 1); return { end: body[body.length - 1].slice(6), head }; },
  svg: () => svgText("light").text,
  colours: readPalette,
};

// A point of a line at which a click finds it: away from boxes, nearest to it of all lines.
function freePoint(edge) {
  for (const far of [0, 4, 8]) {
    for (const p of [...edge.path.branch, ...edge.path.trunk]) {
      for (let i = 1; i < 20; i++) {
        const [x, y] = at(p, i / 20);
        if (nodeAt(x, y)) continue;
        const found_ = edgesNear(x, y, 10 / network.getScale());
        if (found_.includes(edge) && (far || found_[0] === edge)) return [x, y];
      }
    }
  }
  return at(edge.path.all[0], 0.5);
}
document.documentElement.dataset.interactive = "yes";
