// Paths: the list, one of them in focus, and its steps one by one.

function listPaths(toFocus) {
  const paths = state.scene.paths;
  const body = [];
  if (!paths.length) body.push(element("p", { class: "hint", text: "No mechanistic path is known for this question." }));
  else body.push(element("p", { class: "hint", text: `${plural(paths.length, "path")}, best first; at most ${PAGE.bound || 8} steps each.` }));
  body.push(element("ol", { class: "paths" }, ...paths.map((path, place) => element("li", {},
    element("button", { type: "button", class: "path", "data-path": place, onclick: () => openPath(place, -1) },
      element("b", { class: `sign${path.sign}`, text: { 1: "+", "-1": "−" }[path.value] || "" }),
      element("span", { text: pathTitle(path) }),
      element("small", { text: pathRemark(path) })),
    element("button", { type: "button", class: "play", "aria-label": `Step through path ${place + 1}`, text: "▶",
      onclick: () => openPath(place, 0) })))));
  showPanel("Paths", body, toFocus);
  say(paths.length ? `${plural(paths.length, "path")} listed.` : "No path.");
}

function pathTitle(path) {
  const edges = path.claims.map((id) => state.scene.edges.get(id)).filter(Boolean);
  if (!edges.length) return path.claims.join(", ");
  return [label(edges[0].from), ...edges.map((e) => label(e.to))].join(" → ");
}

function pathRemark(path) {
  const parts = [`${plural(path.claims.length, "step")}, ${path.sign}`];
  if (path.inferred) parts.push(`${path.inferred} not direct`);
  if (path.contexts && path.contexts.length) parts.push(`seen in ${path.contexts.join(", ")}`);
  if (path.disputed) parts.push("disputed");
  if (!path.voting) parts.push("does not vote");
  return parts.join("; ");
}

function openPath(place, step, quiet) {
  const path = state.scene.paths[place];
  if (!path) return;
  choose({ path: place, step });
  if (step >= 0) {
    closePanel();
    byId("stepper").hidden = false;
    showStep();
  } else {
    showPath(path, place);
  }
  showNodes(step < 0 ? endsOf(path.claims) : endsOf([path.claims[step]]));
  if (!quiet) remember(true);
}

function showPath(path, place) {
  const items = path.claims.map((id, index) => {
    const edge = state.scene.edges.get(id);
    return element("li", {}, claimButton(edge, path.sentences[index]),
      path.phases[index] ? element("p", { class: "phases-line", text: path.phases[index] }) : null);
  });
  showPanel(`Path ${place + 1} of ${state.scene.paths.length}`, [
    element("p", { class: "chips" }, chip(path.sign), path.disputed ? chip("disputed", "status-contested") : null),
    element("p", { class: "arithmetic", text: path.arithmetic }),
    element("p", { class: "hint", text: pathRemark(path) }),
    element("ol", { class: "steps" }, ...items),
    element("p", {}, element("button", { type: "button", text: "▶ Step through", onclick: () => openPath(place, 0) }), " ",
      element("button", { type: "button", text: "All paths", onclick: () => listPaths(true) })),
  ], true);
  say(`${pathTitle(path)}. ${pathRemark(path)}.`);
}

function showStep() {
  const path = state.scene.paths[state.path];
  const text = byId("step-text");
  const phases = path.phases[state.step] || "";
  // The phases have a line of their own, below the sentence.
  const sentence = (path.sentences[state.step] || "").replace(`: ${phases}`, "");
  text.replaceChildren(element("b", { text: `Step ${state.step + 1} of ${path.claims.length}` }),
    element("span", { text: sentence }));
  if (phases) text.append(element("small", { text: phases }));
  if (state.step === path.claims.length - 1) text.append(element("small", { text: `In all: ${path.arithmetic}` }));
  byId("step-back").disabled = state.step === 0;
  byId("step-next").disabled = state.step === path.claims.length - 1;
  say(`Step ${state.step + 1} of ${path.claims.length}. ${sentence} ${phases}`);
}

function moveStep(by) {
  const path = state.scene.paths[state.path];
  if (!path) return;
  const step = Math.max(0, Math.min(path.claims.length - 1, state.step + by));
  if (step !== state.step) openPath(state.path, step);
}

function play() {
  if (!state.scene.paths.length) { listPaths(true); return; }
  openPath(state.path >= 0 ? state.path : 0, 0);
  byId("step-next").focus();
}

function stopSteps() {
  openPath(state.path, -1);
}
