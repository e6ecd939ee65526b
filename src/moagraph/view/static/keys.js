// The keyboard: the picture is one stop; arrows walk, E turns the claims of an entity, Enter opens.

let turned = -1;

function onCanvasKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key;
  if (["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"].includes(key)) {
    event.preventDefault();
    if (state.step >= 0 && (key === "ArrowRight" || key === "ArrowLeft")) moveStep(key === "ArrowRight" ? 1 : -1);
    else walk(key);
  } else if (key === "Enter" || key === " ") {
    event.preventDefault();
    if (state.edges.length === 1) showClaim(state.edges[0], true);
    else if (state.cursor) openNode(state.cursor, true);
  } else if (key === "e" || key === "E") {
    event.preventDefault();
    turn(event.shiftKey ? -1 : 1);
  } else if (key === "+" || key === "=") zoom(1.25);
  else if (key === "-") zoom(0.8);
  else if (key === "0") showAll(true, 0);
  else if (key === "/") { event.preventDefault(); byId("find").focus(); }
}

function walk(key) {
  turned = -1;
  const from = state.scene.nodes.get(state.cursor);
  if (!from) { land(state.scene.nodes.get(startNode())); return; }
  const across = key === "ArrowRight" || key === "ArrowLeft";
  const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  let best = null;
  let score = Infinity;
  for (const node of state.scene.nodes.values()) {
    if (node === from) continue;
    const [dx, dy] = [node.x - from.x, node.y - from.y];
    const ahead = (across ? dx : dy) * sign;
    const aside = Math.abs(across ? dy : dx);
    if (ahead < 8 || (!across && aside > node.w / 2)) continue;
    const cost = ahead + aside * 2;
    if (cost < score) [best, score] = [node, cost];
  }
  if (best) land(best);
  else say("Nothing further this way.");
}

function land(node) {
  state.cursor = node.id;
  choose({ node: node.id });
  if (!byId("panel").hidden) showNode(node, false);
  showNodes([node.id]);
  const touching = state.scene.touching.get(node.id) || [];
  say(`${node.label}, ${columnName(node.col)}, ${plural(touching.filter(visible).length, "claim")}. Enter opens, E goes through its claims.`);
}

function turn(by) {
  if (!state.cursor) land(state.scene.nodes.get(startNode()));
  const claims = (state.scene.touching.get(state.cursor) || []).filter(visible);
  if (!claims.length) { say("No visible claim."); return; }
  turned = (turned + by + claims.length) % claims.length;
  const edge = claims[turned];
  choose({ edges: [edge.id] });
  if (!byId("panel").hidden) showClaim(edge.id, false);
  say(`Claim ${turned + 1} of ${claims.length}: ${edge.text} ${edge.status}. Enter opens it.`);
}

function onKey(event) {
  if (event.key !== "Escape") return;
  if (!byId("hits").hidden) { byId("hits").hidden = true; return; }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
    return;
  }
  if (state.step >= 0) { stopSteps(); return; }
  if (!byId("panel").hidden) closePanel(true);
  else clearChoice();
}
