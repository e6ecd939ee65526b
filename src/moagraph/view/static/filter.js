// Filters that combine, their counts, and the table kept in step with the picture.

const GROUPS = [
  ["category", "Category", null],
  ["sign", "Sign", { 1: "+ increases", "-1": "− decreases", unknown: "? changes", none: "no sign" }],
  ["evidence", "Directness", null],
  ["kind", "Kind of claim", null],
  ["status", "Status", null],
];

function makeFilters() {
  const counts = {};
  const cells = new Map();
  for (const edge of state.scene.edges.values()) {
    for (const [group, value] of facets(edge)) {
      counts[group] = counts[group] || new Map();
      counts[group].set(value, (counts[group].get(value) || 0) + 1);
    }
    if (edge.cell) cells.set(edge.cell, (cells.get(edge.cell) || 0) + 1);
  }
  counts.category = new Map(state.scene.columns.map(([name]) =>
    [name, [...state.scene.nodes.values()].filter((n) => n.col === name).length]));
  const form = byId("filter-form");
  form.replaceChildren();
  for (const [group, heading, words] of GROUPS) {
    const values = [...(counts[group] || new Map())];
    if (values.length < 2) continue;
    const set = element("fieldset", {}, element("legend", { text: heading }));
    for (const [value, count] of values) {
      const box = element("input", { type: "checkbox", "data-group": group, value });
      box.checked = !(state.hidden[group] && state.hidden[group].has(value));
      box.addEventListener("change", () => {
        state.hidden[group] = state.hidden[group] || new Set();
        if (box.checked) state.hidden[group].delete(value);
        else state.hidden[group].add(value);
        filtersChanged();
      });
      const name = group === "category" ? columnName(value) : words ? words[value] : value;
      set.append(element("label", {}, box, element("span", { text: `${name} (${count})` })));
    }
    form.append(set);
  }
  if (cells.size) {
    const select = element("select", { id: "filter-cell" }, element("option", { value: "", text: "any cell" }),
      ...[...cells].sort().map(([cell, count]) => element("option", { value: cell, text: `${cell} (${count})` })));
    select.value = state.cell;
    select.addEventListener("change", () => { state.cell = select.value; filtersChanged(); });
    form.append(element("fieldset", {}, element("legend", { text: "Restricted to a cell" }),
      element("label", { class: "wide" }, element("span", { class: "sr", text: "Cell" }), select)));
  }
  form.append(element("p", { class: "hint", text: "Entities without a visible claim are dimmed." }),
    element("p", { class: "buttons" },
      element("button", { type: "button", id: "filter-reset", text: "Reset filters", onclick: () => resetFilters() }),
      element("button", { type: "button", id: "filter-all", text: "Show every claim", onclick: () => resetFilters(true) })));
}

// Big pictures begin with the mechanisms; the other kinds are one click away.
const firstHidden = () => (PAGE.quiet.length && !state.answer ? { kind: new Set(PAGE.quiet) } : {});
const sameHidden = (a, b) => GROUPS.every(([group]) =>
  [...(a[group] || [])].sort().join("|") === [...(b[group] || [])].sort().join("|"));

function resetFilters(all) {
  state.hidden = all === true ? {} : firstHidden();
  state.cell = "";
  makeFilters();
  filtersChanged();
}

const filtering = () => Boolean(state.cell) || Object.values(state.hidden).some((set) => set.size);

function filtersChanged(quiet) {
  const total = state.scene.edges.size;
  const shown = [...state.scene.edges.values()].filter(visible);
  const ids = new Set(shown.map((e) => e.id));
  let rows = 0;
  for (const [id, row] of rowOf) {
    const drawn = state.scene.edges.has(id);
    row.hidden = drawn ? !ids.has(id) : filtering();
    rows += row.hidden ? 0 : 1;
  }
  byId("table-count").textContent = `${rows} of ${plural(rowOf.size, "claim")} shown.`;
  byId("filter-count").textContent = filtering() ? `${shown.length}/${total}` : "";
  const empty = byId("empty");
  empty.hidden = shown.length > 0 || !filtering();
  empty.replaceChildren();
  if (!empty.hidden) {
    empty.append(element("span", { text: `${total === 1 ? "The one claim does" : `None of the ${total} claims does`} pass these filters. ` }),
      element("button", { type: "button", text: "Reset filters", onclick: () => resetFilters() }));
  }
  makeLegend();
  redraw();
  if (!quiet) {
    say(filtering() ? `${shown.length} of ${plural(total, "claim")} shown.` : `${total === 1 ? "The one claim is" : `All ${total} claims are`} shown.`);
    remember(false);
  }
}

// -- legend -----------------------------------------------------------------

const LINE_NAMES = {
  direct: "direct", indirect: "indirect or inferred", unstated: "directness not stated", observed: "observed, no mechanism shown",
  outcome: "treatment outcome", gate: "resistance or sensitivity", negated: "shown not to",
  contested: "contested", refuted: "refuted", unsourced: "no source recorded",
};

function lineKind(edge) {
  if (edge.style !== "mechanism") return edge.style;
  if (edge.level === "direct") return "direct";
  return edge.level === "indirect" || edge.level === "inferred" ? "indirect" : "unstated";
}

function sample(edge) {
  const pen = new SvgPen();
  edge.knots = [2, 9, 44, 9];
  edge.path = curveOf(edge, null);
  const look = { alpha: 1, heavy: false };
  paintEdge(pen, edge, look);
  paintMark(pen, edge, look);
  return picture(pen, 48, 18);
}

function picture(pen, width, height) {
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${pen.parts.join("")}</svg>`;
  const made = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  made.setAttribute("width", width);
  made.setAttribute("height", height);
  made.setAttribute("aria-hidden", "true");
  return document.importNode(made, true);
}

function legendEntries() {
  const entries = [];
  for (const [name, heading] of state.scene.columns) {
    const pen = new SvgPen();
    pen.path(outline(name, 13, 9, 22, 13), { fill: palette[name], stroke: palette[`${name}-line`], width: 1.4 });
    entries.push([pen, 26, heading]);
  }
  const edges = [...state.scene.edges.values()].filter(visible);
  const signs = new Set(edges.map((e) => e.sign));
  for (const [sign, words] of [[1, "+ increases"], [-1, "− decreases"], ["unknown", "? changes, direction unknown"]]) {
    if (signs.has(sign)) entries.push([{ sign, style: "mechanism", level: "direct" }, 0, words]);
  }
  if ([...signs].some((s) => s === "none" || s === "structural")) {
    entries.push([{ sign: "none", style: "mechanism", level: "direct" }, 0, "binds, is part of: no sign"]);
  }
  const kinds = new Set(edges.map(lineKind));
  for (const [kind, words] of Object.entries(LINE_NAMES)) {
    if (!kinds.has(kind) || kind === "direct") continue;
    const style = kind === "indirect" || kind === "unstated" ? "mechanism" : kind;
    const signed = edges.find((e) => lineKind(e) === kind);
    entries.push([{ sign: signed.sign, style, level: { indirect: "indirect", unstated: "not stated" }[kind] || "direct" }, 0, words]);
  }
  if (edges.some((e) => state.scene.spine.has(e.id))) {
    const pen = new SvgPen();
    pen.path("M2 9H44", { stroke: palette.ink, width: 3 });
    entries.push([pen, 48, "main path"]);
  }
  if (edges.some((e) => state.blocked && state.blocked.has(e.id))) {
    const pen = new SvgPen();
    const edge = { sign: 1, style: "mechanism", level: "indirect", knots: [2, 9, 44, 9] };
    edge.path = curveOf(edge, null);
    paintEdge(pen, edge, { alpha: 1, blocked: true });
    paintMark(pen, edge, { alpha: 1, blocked: true });
    entries.push([pen, 48, "does not fire here"]);
  }
  if (edges.some((e) => e.path.trunk.length)) {
    const pen = new SvgPen();
    pen.path("M2 9H44", { stroke: palette.trunk, width: 1.6 });
    entries.push([pen, 48, "joins the ligase, shared by its claims"]);
  }
  return entries;
}

function makeLegend() {
  const list = legendEntries().map(([what, width, words]) => element("span", { class: "key" },
    what instanceof SvgPen ? picture(what, width, 18) : sample(what), element("span", { text: words })));
  if (PAGE.mode === "compare") {
    for (const [, name, mark] of PAGE.drugs) {
      list.push(element("span", { class: "key" }, element("b", { class: "drug-mark", text: mark }), element("span", { text: name })));
    }
    list.push(element("span", { class: "key" }, element("span", { text: "filled: degrades it; struck: shown not to" })));
  }
  byId("legend").replaceChildren(...list);
}
