// The panel: what is chosen, with its evidence. Everything in it is text, never markup.

let returnTo = null;

function showPanel(heading, body, toFocus) {
  const panel = byId("panel");
  if (panel.hidden && document.activeElement && document.activeElement !== document.body) {
    returnTo = document.activeElement;
  }
  byId("panel-heading").textContent = heading;
  byId("panel-body").replaceChildren(...body.filter(Boolean));
  panel.hidden = false;
  panel.scrollTop = 0;
  if (toFocus) byId("panel-heading").focus({ preventScroll: true });
}

function closePanel(back) {
  const panel = byId("panel");
  const inside = panel.contains(document.activeElement);
  panel.hidden = true;
  if (back || inside) (returnTo && returnTo.isConnected ? returnTo : byId("canvas")).focus({ preventScroll: true });
  returnTo = null;
}

const chip = (text, kind) => text && element("span", { class: `chip ${kind || ""}`, text });
const headline = (text) => element("h3", { text });

function entityButton(id, more) {
  const there = state.scene.nodes.has(id);
  const text = label(id) + (more || "");
  if (!there) return element("span", { class: "absent", text });
  return element("button", { type: "button", class: "link", text, onclick: () => openNode(id, true) });
}

function claimButton(edge, text) {
  return element("button", { type: "button", class: `claim sign${edge.sign}`, "data-claim": edge.id,
    onclick: () => openEdges([edge.id], true) },
  element("span", { class: "mark", "aria-hidden": true, text: signText(edge.sign) || "·" }),
  element("span", { text: text || edge.text }),
  edge.status !== "supported" || edge.kind !== "mechanism"
    ? element("small", { text: [edge.kind !== "mechanism" && edge.kind, edge.status].filter(Boolean).join(", ") }) : null);
}

// -- claims -----------------------------------------------------------------

function openEdges(ids, toFocus, quiet) {
  choose({ edges: ids.slice(0, 1), offered: ids });
  if (ids.length === 1) showClaim(ids[0], toFocus, null);
  else offerClaims(ids, toFocus);
  showNodes(endsOf(ids.slice(0, 1)));
  if (!quiet) remember(true);
}

const endsOf = (ids) => ids.flatMap((id) => {
  const edge = state.scene.edges.get(id);
  return edge ? [edge.from, edge.to] : [];
});

function offerClaims(ids, toFocus) {
  state.edges = ids.slice();
  redraw();
  const list = element("div", { class: "claims" }, ...ids.map((id) => claimButton(state.scene.edges.get(id))));
  showPanel(`${ids.length} claims lie here`, [element("p", { class: "hint", text: "Choose one of them." }), list], toFocus);
  say(`${ids.length} claims lie here. Choose one in the panel.`);
}

function showClaim(id, toFocus) {
  const edge = state.scene.edges.get(id);
  const row = rowOf.get(id);
  const others = state.offered && state.offered.length > 1 ? state.offered.filter((o) => o !== id) : [];
  const body = [];
  body.push(element("p", { class: "chips" },
    chip(edge ? `${signText(edge.sign)} ${signWord(edge.sign)}`.trim() : row.cells[3].textContent.trim(),
      edge ? `sign${edge.sign}` : ""),
    chip(edge ? edge.status : "", `status-${edge ? edge.status : ""}`), chip(edge ? edge.kind : ""),
    chip(edge && edge.level ? edge.level : ""),
    chip(row ? row.cells[4].textContent.trim() === "any" ? "any context" : `only in ${row.cells[4].textContent.trim()}` : "")));
  if (edge) {
    body.push(element("p", { class: "ends" }, entityButton(edge.from), element("span", { text: ` ${edge.rel} ` }),
      entityButton(edge.to), edge.via ? element("span", { text: " through " }) : null,
      edge.via ? entityButton(edge.via) : null));
  }
  if (row) {
    const evidence = row.querySelector(".evidence").cloneNode(true);
    body.push(evidence);
    body.push(element("p", {}, element("a", { href: `#row=${encodeURIComponent(id)}`, text: "Show in the table",
      onclick: (event) => { event.preventDefault(); showRow(id); } })));
  } else body.push(element("p", { text: edge.text }));
  body.push(element("p", { class: "id" }, element("span", { text: "Claim " }), element("code", { text: id })));
  if (others.length) {
    body.push(headline("Other claims at this place"));
    body.push(element("div", { class: "claims" }, ...others.map((o) => claimButton(state.scene.edges.get(o)))));
  }
  const name = edge ? `${label(edge.from)} → ${label(edge.to)}` : row.cells[0].textContent;
  showPanel(name, body, toFocus);
  say(edge ? `${edge.text} ${edge.status}.` : name);
  markRow(id);
}

function markRow(id) {
  for (const row of document.querySelectorAll("#claims tr.current")) row.classList.remove("current");
  const row = rowOf.get(id);
  if (row) row.classList.add("current");
}

function showRow(id) {
  const row = rowOf.get(id);
  if (!row) return;
  markRow(id);
  row.querySelector("details").open = true;
  row.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  row.querySelector("summary").focus({ preventScroll: true });
}

// -- entities ---------------------------------------------------------------

function openNode(id, toFocus, quiet) {
  const node = state.scene.nodes.get(id);
  if (!node) return;
  choose({ node: id });
  state.cursor = id;
  showNode(node, toFocus);
  showNodes([id]);
  if (!quiet) remember(true);
}

function showNode(node, toFocus) {
  const touching = (state.scene.touching.get(node.id) || []).filter(visible);
  const incoming = touching.filter((e) => e.to === node.id);
  const outgoing = touching.filter((e) => e.from === node.id);
  const through = touching.filter((e) => e.via === node.id && e.from !== node.id && e.to !== node.id);
  const body = [element("p", { class: "chips" }, chip(node.kind), chip(columnName(node.col), node.col))];
  if (node.about) body.push(element("p", { text: node.about }));
  const groups = [["What acts on it", incoming], ["What it does", outgoing], ["What runs through it", through]];
  for (const [heading, claims] of groups) {
    if (!claims.length) continue;
    body.push(headline(`${heading} (${claims.length})`));
    body.push(element("div", { class: "claims" }, ...claims.map((edge) => claimButton(edge))));
  }
  if (!touching.length) body.push(element("p", { class: "hint", text: "No claim about it passes the filters." }));
  if (node.members && node.members.length) {
    body.push(headline(`Made of (${node.members.length})`));
    body.push(element("ul", { class: "members" }, ...node.members.map(([id, name]) =>
      element("li", {}, state.scene.nodes.has(id) ? entityButton(id) : element("span", { text: name })))));
  }
  const sheet = [...document.querySelectorAll("section.facts")].find((s) => s.dataset.entity === node.id);
  if (sheet) {
    body.push(headline("Facts, with their conditions"));
    const table = sheet.querySelector("table").cloneNode(true);
    const scroll = element("div", { class: "scroll facts-in-panel", tabindex: "0", role: "region",
      "aria-label": `Facts about ${node.label}` }, table);
    body.push(element("p", { class: "hint", text: "Not medical advice; check the current label." }), scroll);
  }
  if (node.names && node.names.length) {
    body.push(headline("Also called"), element("p", { text: node.names.join(", ") }));
  }
  if (node.ids && node.ids.length) {
    body.push(headline("Identifiers"));
    body.push(element("ul", { class: "ids" }, ...node.ids.map(([id, href]) => element("li", {}, href
      ? element("a", { href, rel: "noopener noreferrer", target: "_blank", text: id }) : element("code", { text: id })))));
  }
  body.push(element("p", { class: "ask-about" },
    element("button", { type: "button", text: "Ask from here", onclick: () => ask({ a: node.id }, true) }),
    element("button", { type: "button", text: "Ask to here", onclick: () => ask({ b: node.id }, true) })));
  showPanel(node.label, body, toFocus);
  say(`${node.label}, ${columnName(node.col)}: ${plural(incoming.length, "claim")} in, ` +
    `${plural(outgoing.length, "claim")} out.`);
}

const columnName = (name) => (state.scene.columns.find((c) => c[0] === name) || [name, name])[1];

// -- choice -----------------------------------------------------------------

function choose(choice) {
  state.node = choice.node || "";
  state.edges = choice.edges || [];
  state.offered = choice.offered || null;
  state.path = choice.path === undefined ? -1 : choice.path;
  state.step = choice.step === undefined ? -1 : choice.step;
  byId("stepper").hidden = state.step < 0;
  redraw();
}

function clearChoice(quiet) {
  choose({});
  state.cursor = "";
  closePanel();
  markRow("");
  if (!quiet) { remember(true); say("Nothing is chosen."); }
}
