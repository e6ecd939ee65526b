// Every state has an address: what stands after # opens it again; back and forward work.

let routing = false;
const LISTS = ["without", "with", "variant", "state"];

function hashOf() {
  const parts = [];
  const add = (key, value) => { if (value) parts.push(`${key}=${encodeURIComponent(value)}`); };
  if (state.question) {
    const q = state.question;
    add("path", q.b ? `${q.a},${q.b}` : q.a);
    for (const key of ["cell", "species"]) add(key, q[key]);
    for (const key of LISTS) add(key, (q[key] || []).join("|"));
  }
  if (state.node) add("node", state.node);
  else if (state.path >= 0) { add("n", String(state.path + 1)); if (state.step >= 0) add("step", String(state.step + 1)); }
  else if (state.edges.length) add("edge", state.edges[0]);
  if (!sameHidden(state.hidden, firstHidden())) {
    for (const [group] of GROUPS) add(`hide.${group}`, [...(state.hidden[group] || [])].join("|") || (PAGE.quiet.length && group === "kind" ? "-" : ""));
  }
  add("only.cell", state.cell);
  return parts.length ? `#${parts.join("&")}` : "#";
}

function remember(push) {
  if (routing) return;
  const hash = hashOf();
  if (hash === (location.hash || "#")) return;
  try {
    if (push) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  } catch { /* a frame without an address of its own, as in a notebook, keeps none */ }
}

function readHash() {
  const values = {};
  for (const part of location.hash.replace(/^#/, "").split("&")) {
    const cut = part.indexOf("=");
    if (cut < 1) continue;
    try { values[part.slice(0, cut)] = decodeURIComponent(part.slice(cut + 1)); } catch { /* not ours */ }
  }
  return values;
}

function follow() {
  routing = true;
  try {
    const values = readHash();
    state.hidden = Object.keys(values).some((key) => key.startsWith("hide.")) ? {} : firstHidden();
    for (const [key, value] of Object.entries(values)) {
      if (key.startsWith("hide.") && value) state.hidden[key.slice(5)] = new Set(value.split("|"));
    }
    state.cell = values["only.cell"] || "";
    followQuestion(values);
    makeFilters();
    filtersChanged(true);
    followChoice(values);
  } finally { routing = false; }
}

function followChoice(values) {
  const unknown = (what, id) => {
    clearChoice(true);
    showPanel("Not in this page", [element("p", { class: "warn", text: `${what} “${id}” is not in this picture.` })], false);
    say(`${what} ${id} is not in this picture.`);
  };
  if (values.node) {
    if (state.scene.nodes.has(values.node)) openNode(values.node, false, true);
    else unknown("The entity", values.node);
  } else if (values.edge) {
    if (state.scene.edges.has(values.edge)) openEdges([values.edge], false, true);
    else unknown("The claim", values.edge);
  } else if (values.n) {
    const place = Number(values.n) - 1;
    if (state.scene.paths[place]) openPath(place, values.step ? Number(values.step) - 1 : -1, true);
    else unknown("The path", values.n);
  } else if (!values.path) clearChoice(true);
}
