// The question bar: asked by names, answered by the interpreter with the rules of the commands.

let engine = null;
function openEngine() {
  if (!engine && KNOWLEDGE && typeof MoaInterpreter !== "undefined") engine = MoaInterpreter.open(KNOWLEDGE);
  return engine;
}

const FIELDS = [["a", "From"], ["b", "to"], ["cell", "in cell"], ["species", "species"]];
const MANY = [["without", "without"], ["with", "with"], ["state", "state"], ["variant", "variant"]];

function fillBar() {
  if (!KNOWLEDGE) return;
  byId("question").hidden = false;
  const options = (list, ids) => byId(list).replaceChildren(...ids.map((id) => element("option", { value: label(id) })));
  const kinds = new Map(NAMES.map(([id, , kind]) => [id, kind]));
  const all = [...nameOf.keys()].sort((x, y) => label(x).localeCompare(label(y)));
  options("names", all.filter((id) => kinds.get(id) !== "taxon"));
  options("cells", all.filter((id) => ["cell", "cell line"].includes(kinds.get(id))));
  options("drugs", all.filter((id) => ["drug", "combination", "chemical"].includes(kinds.get(id))));
  options("species", all.filter((id) => kinds.get(id) === "taxon"));
  options("states", all.filter((id) => kinds.get(id) === "state"));
  options("variants", KNOWLEDGE.known_variants.map(([, , text]) => text));
  byId("question").addEventListener("submit", (event) => { event.preventDefault(); askBar(); });
  byId("q-reset").addEventListener("click", () => { leaveAnswer(); remember(true); });
  byId("q-more").addEventListener("click", () => showMore(!byId("question").classList.contains("open")));
  showQuestion(firstQuestion());
}

const firstQuestion = () => ({ a: (PAGE.drugs[0] || [""])[0], b: PAGE.verdict || PAGE.asked ? (PAGE.ends[0] || [""])[0] : "" });

function showQuestion(q) {
  for (const [key] of FIELDS) byId(`q-${key}`).value = q[key] ? label(q[key]) : "";
  for (const [key] of MANY) byId(`q-${key}`).value = (q[key] || []).map(label).join(", ");
  if (["cell", "species", ...MANY.map(([key]) => key)].some((key) => (q[key] || []).length)) showMore(true);
}

function showMore(open) {
  byId("question").classList.toggle("open", open);
  byId("q-more").setAttribute("aria-expanded", String(open));
  byId("q-more").textContent = open ? "Less" : "More";
}

// Set ends of the question and, if both are there, ask it.
function ask(ends, now) {
  if (!KNOWLEDGE) { complain("This graph is too big for the question bar; use the command line."); return; }
  for (const [key, id] of Object.entries(ends)) byId(`q-${key}`).value = label(id);
  if (now && byId("q-a").value) askBar();
  else byId(ends.a ? "q-b" : "q-a").focus();
}

function askBar() {
  const q = {};
  for (const [key, name] of FIELDS) {
    const text = byId(`q-${key}`).value.trim();
    if (!text) continue;
    q[key] = taken(text, key, name);
    if (!q[key]) { byId(`q-${key}`).focus(); return; }
  }
  for (const [key, name] of MANY) {
    const text = byId(`q-${key}`).value.trim();
    if (!text) continue;
    // A name may hold a comma itself: the whole is tried first.
    const parts = knownNames.has(fold(text)) ? [text] : text.split(",").map((p) => p.trim()).filter(Boolean);
    // What is no known variant the interpreter refuses, and tells the known ones.
    q[key] = key === "variant" ? parts : parts.map((part) => taken(part, key, name));
    if (q[key].includes("")) { byId(`q-${key}`).focus(); return; }
  }
  if (!q.a) { complain("Say where the question begins: a drug, a protein, a process."); byId("q-a").focus(); return; }
  if (answerQuestion(q, true)) remember(true);
}

function answerQuestion(q, toFocus) {
  const background = MANY.some(([key]) => q[key] && q[key].length);
  try {
    const asked = openEngine();
    const answer = { question: q, explain: null, effects: null, whatif: null };
    if (q.b) answer.explain = asked.explain(q);
    else if (!background) answer.effects = asked.effects(q);
    if (background || (q.species && !q.b)) answer.whatif = asked.whatif(q);
    enterAnswer(answer, toFocus);
    return true;
  } catch (error) {
    const more = (error.suggestions || []).length ? ` Known: ${error.suggestions.slice(0, 8).join(", ")}.` : "";
    complain(`${error.message}${more}`);
    return false;
  }
}

// -- the scene of an answer -------------------------------------------------

function answerSteps(answer) {
  const steps = new Map();
  const add = (list) => { for (const step of list || []) if (!steps.has(step.id)) steps.set(step.id, step); };
  if (answer.explain) {
    for (const path of answer.explain.paths) add(path.steps);
    add(answer.explain.blocked_steps);
    add(answer.explain.passed_steps);
  }
  if (answer.effects) for (const effect of answer.effects.effects) for (const path of effect.paths.slice(0, 1)) add(path.steps);
  if (answer.whatif) {
    for (const name of ["lost", "weakened", "kept", "changed", "lifted"]) {
      for (const effect of answer.whatif[name] || []) {
        for (const path of [...(effect.paths_before || []), ...(effect.paths_after || [])]) add(path.steps);
      }
    }
  }
  return steps;
}

// Claims that are no steps and yet part of the answer: shown not to be, or observed.
function answerClaimsBeside(answer) {
  const told = answer.explain;
  return told ? [...told.shown_not_by, ...told.observations] : [];
}

function edgeOfClaim(claim) {
  const known = state.base.edges.get(claim.id);
  const name = (ref) => (ref ? ref.label : "");
  return {
    id: claim.id, from: claim.subject.id, to: claim.object.id, via: "",
    sign: { increases: 1, decreases: -1, changes: "unknown" }[claim.sign] || "none", rel: claim.relation,
    kind: claim.kind, level: known ? known.level : "", status: claim.status,
    style: claim.polarity === "negated" ? "negated" : { observation: "observed" }[claim.kind] || claim.kind,
    cell: name(claim.cell), disease: name(claim.disease), species: name(claim.species), text: claim.sentence,
  };
}

function edgeOfStep(step) {
  const known = state.base.edges.get(step.id);
  const name = (ref) => (ref ? ref.label : "");
  return {
    id: step.id, from: step.subject.id, to: step.object.id, via: step.via ? step.via.id : "",
    sign: step.sign, rel: step.relation, kind: step.kind, level: step.directness, status: step.status,
    style: known ? known.style : step.status === "contested" || step.status === "refuted" ? step.status
      : step.status === "unsourced" ? "unsourced" : "mechanism",
    cell: name(step.cell), disease: name(step.disease), species: name(step.species), text: step.sentence,
  };
}

function nodeOf(id) {
  const known = state.base.nodes.get(id);
  const [, , kind, place] = namesById.get(id) || [id, id, "", 3];
  const made = { id, label: label(id), col: COLUMN_NAMES[place], kind, about: "", names: [], ids: [], members: [], drugs: [] };
  return known ? { ...known, col: made.col, drugs: [] } : made;
}

function pathsOfAnswer(paths) {
  return paths.slice(0, 60).map((path) => ({
    claims: path.steps.map((s) => s.id), value: path.sign,
    sign: signWord(path.sign), arithmetic: path.arithmetic.replace(/-/g, "−"), disputed: path.disputed, voting: path.voting,
    sentences: path.steps.map((s) => s.sentence), phases: path.steps.map(phasesText),
    contexts: (path.contexts || []).map(label), inferred: path.steps.filter((s) => s.directness && s.directness !== "direct").length,
  }));
}

function phasesText(step) {
  if (!step.phases || !step.phases.length) return "";
  return step.phases.map((phase) => {
    const names = phase.participants.map((p) => p.label + (p.present ? "" : " (absent)")).join(", ");
    return `${phase.name}${phase.reached ? "" : " not reached"}: ${names}`;
  }).join("; ");
}

function sceneOfAnswer(answer) {
  const steps = answerSteps(answer);
  const paths = answer.explain ? pathsOfAnswer(answer.explain.paths) : answer.effects
    ? pathsOfAnswer(answer.effects.effects.flatMap((e) => e.paths.slice(0, 1))) : [];
  const beside = answerClaimsBeside(answer).filter((claim) => !steps.has(claim.id));
  const inBase = [...steps.keys(), ...beside.map((c) => c.id)].every((id) => state.base.edges.has(id));
  const ends = [answer.question.a, answer.question.b].filter(Boolean);
  if (inBase && steps.size + beside.length && ends.every((e) => state.base.nodes.has(e))) {
    const scene = Object.assign(Object.create(null), state.base, { paths });
    if (paths.length) scene.spine = new Set(paths[0].claims);
    return scene;
  }
  const edges = [...[...steps.values()].map(edgeOfStep), ...beside.map(edgeOfClaim)];
  const ids = new Set([...ends, ...edges.flatMap((e) => [e.from, e.to, e.via].filter(Boolean))]);
  const nodes = [...ids].map(nodeOf);
  const spine = new Set(paths.length ? paths[0].claims : []);
  const columns = layOut(nodes, edges, spine);
  return makeScene(nodes, edges, columns, paths, spine);
}

function enterAnswer(answer, toFocus) {
  state.answer = answer;
  state.question = answer.question;
  state.answerClaims = new Set([...answerSteps(answer).keys(), ...answerClaimsBeside(answer).map((c) => c.id)]);
  const stopped = answer.explain ? answer.explain.blocked_steps.filter((s) => !s.fires).map((s) => s.id)
    : (answer.whatif ? answer.whatif.lost : []).flatMap((e) => (e.breaks || []).map((b) => b.step));
  state.blocked = new Set(stopped.filter(Boolean));
  choose({});
  state.hidden = {};
  state.cell = "";
  setScene(sceneOfAnswer(answer));
  showQuestion(answer.question);
  byId("q-reset").hidden = false;
  showHead();
  makeHeadings();
  makeFilters();
  filtersChanged(true);
  pathsCount();
  showAnswer(answer, toFocus);
  if (state.scene.edges !== state.base.edges) showAll(false, 0.3);
  else if (state.answerClaims.size) showNodes(endsOf([...state.answerClaims]));
}

function leaveAnswer() {
  if (!state.answer) return;
  state.answer = null;
  state.question = null;
  state.answerClaims = null;
  state.blocked = null;
  byId("q-reset").hidden = true;
  showHead();
  state.hidden = firstHidden();
  setScene(state.base);
  showQuestion(firstQuestion());
  makeHeadings();
  makeFilters();
  filtersChanged(true);
  pathsCount();
  clearChoice(true);
  showAll(false, readable());
}

function pathsCount() {
  byId("paths-count").textContent = String(state.scene.paths.length);
  byId("play").hidden = !state.scene.paths.length;
}

function followQuestion(values) {
  if (!values.path) { leaveAnswer(); return; }
  const [a, b] = values.path.split(",");
  const q = { a };
  if (b) q.b = b;
  for (const key of ["cell", "species"]) if (values[key]) q[key] = values[key];
  for (const key of LISTS) if (values[key]) q[key] = values[key].split("|");
  const same = state.question && JSON.stringify(state.question) === JSON.stringify(q);
  if (!KNOWLEDGE) return;
  const unknown = [a, b, q.cell, q.species !== "any" && q.species, ...(q.without || []), ...(q.with || []), ...(q.state || [])]
    .filter((id) => id && !nameOf.has(id));
  if (unknown.length) { complain(`Nothing in this graph has the id ${unknown.join(", ")}.`); return; }
  if (same) showAnswer(state.answer, false);
  else answerQuestion(q, false);
}

function showHead() {
  const answer = state.answer;
  const told = answer && (answer.explain || answer.effects || answer.whatif);
  byId("title").textContent = answer ? answerTitle(answer.question) : PAGE.title;
  byId("summary").textContent = answer ? told.text : PAGE.summary;
  const verdict = answer ? (answer.explain ? answer.explain.verdict : "") : PAGE.verdict;
  byId("verdict").hidden = !verdict;
  byId("verdict").className = `verdict verdict-${verdict}`;
  byId("verdict").textContent = verdict.replace("_", " ");
  for (const note of document.querySelectorAll("#graph .told")) note.hidden = Boolean(answer);
}

function answerTitle(q) {
  const parts = [q.b ? `${label(q.a)} and ${label(q.b)}` : label(q.a)];
  for (const [key, name] of MANY) if ((q[key] || []).length) parts.push(`${name} ${q[key].map(label).join(", ")}`);
  if (q.cell) parts.push(`in ${label(q.cell)}`);
  if (q.species) parts.push(`in ${label(q.species)}`);
  return parts.join(", ");
}

// -- the answer in the panel ------------------------------------------------

function showAnswer(answer, toFocus) {
  const { explain, effects, whatif, question: q } = answer;
  const body = [];
  const say_ = [];
  if (explain) {
    body.push(element("p", { class: "chips" }, element("span", { class: `verdict verdict-${explain.verdict}`, text: explain.verdict.replace("_", " ") }),
      explain.disputed && chip("disputed", "status-contested"), chip(explain.agreement)));
    body.push(element("p", { class: "answer-text", text: explain.text }));
    if (explain.regimen_line) body.push(element("p", { class: "hint", text: explain.regimen_line }));
    say_.push(explain.text);
    body.push(...reasonsPart(explain));
  }
  if (whatif) body.push(...whatifPart(whatif));
  if (explain) body.push(...pathsPart(), ...againstPart(explain), ...observedPart(explain));
  if (effects) { body.push(element("p", { class: "answer-text", text: effects.text }), ...effectsPart(effects)); say_.push(effects.text); }
  if (whatif && !explain) say_.push(whatif.text);
  body.push(element("p", { class: "hint", text: "The same answer at the command line:" }), element("p", {}, element("code", { class: "command", text: commandOf(q) })));
  showPanel(q.b ? `${label(q.a)} → ${label(q.b)}` : label(q.a), body, toFocus);
  say(say_.join(" "));
}

function reasonsPart(explain) {
  if (!explain.reasons.length) return [];
  return [headline("Why not"), element("ul", { class: "reasons" }, ...explain.reasons.slice(0, 12).map((reason) =>
    element("li", {}, element("span", { text: reason.text }),
      reason.who_brings_it && reason.who_brings_it.length
        ? element("small", { text: `Brought by ${reason.who_brings_it.map(label).join(", ")}.` }) : null))),
  explain.reasons.length > 12 ? element("p", { class: "hint", text: `and ${explain.reasons.length - 12} more` }) : null];
}

function whatifPart(whatif) {
  const parts = [headline("What the change does"), element("p", { text: whatif.text })];
  const names = { lost: "Lost", weakened: "Weakened", changed: "Changed", lifted: "Newly possible", kept: "Kept" };
  for (const [key, heading] of Object.entries(names)) {
    const list = whatif[key] || [];
    if (!list.length) continue;
    const rows = list.slice(0, key === "kept" ? 15 : 60).map((effect) => element("li", {}, entityButton(effect.object.id || effect.object),
      element("small", { text: [effect.before && effect.after && effect.before !== effect.after ? `${effect.before} → ${effect.after}` : "",
        (effect.breaks || []).length ? effect.breaks[0].text : "", movedText(effect.paths_lost, "lost", effect.stopped),
        movedText(effect.paths_gained, "gained", effect.opened)].filter(Boolean).join("; ") })));
    parts.push(element("details", key === "kept" && list.length > 6 ? {} : { open: true },
      element("summary", { text: `${heading} (${list.length})` }), element("ul", { class: `effects-of ${key}` }, ...rows)));
  }
  if (whatif.gates.length) parts.push(headline("Reported of this change"), element("ul", {}, ...whatif.gates.map((c) => element("li", { text: c.sentence }))));
  const gone = whatif.observations || [];
  if (gone.length) parts.push(element("details", {}, element("summary", { text: `Observations no longer explained (${gone.length})` }),
    element("ul", {}, ...gone.map((c) => element("li", { text: c.sentence })))));
  return parts;
}

// Paths of an effect that stays, which the change stops or opens.
function movedText(count, word, breaks) {
  if (!breaks.length) return "";
  return `${count} path${count === 1 ? "" : "s"} ${word}, by ${[...new Set(breaks.map((b) => b.what.label))].join(", ")}`;
}

function pathsPart() {
  const paths = state.scene.paths;
  if (!paths.length) return [];
  return [headline(`Paths (${paths.length})`), element("ol", { class: "paths" }, ...paths.slice(0, 12).map((path, place) => element("li", {},
    element("button", { type: "button", class: "path", "data-path": place, onclick: () => openPath(place, -1) },
      element("span", { text: pathTitle(path) }), element("small", { text: pathRemark(path) })),
    element("button", { type: "button", class: "play", "aria-label": `Step through path ${place + 1}`, text: "▶", onclick: () => openPath(place, 0) })))),
  paths.length > 12 ? element("p", {}, element("button", { type: "button", text: `All ${paths.length} paths`, onclick: () => listPaths(true) })) : null];
}

function againstPart(explain) {
  const isOpen = (c) => c.code === "inconclusive_evidence";
  const told = (heading, list) => list.length ? [headline(`${heading} (${list.length})`),
    element("ul", { class: "against" }, ...list.slice(0, 15).map((c) => element("li", { text: c.text })))] : [];
  return [...told("What speaks against it", explain.counter_evidence.filter((c) => !isOpen(c))),
    ...told("Left open by some of the evidence", explain.counter_evidence.filter(isOpen))];
}

function observedPart(explain) {
  const groups = [
    ["Observed", explain.observations], ["Shown not", explain.shown_not_by],
    ["Reported for the class", explain.class_observations], ["Of combinations with it", explain.combination_outcomes],
    ["Also said of the two", explain.other_claims], ["Reported interactions", explain.reported_interactions],
  ];
  const parts = groups.filter(([, list]) => list.length).flatMap(([heading, list]) => [headline(`${heading} (${list.length})`),
    element("ul", {}, ...list.slice(0, 12).map((c) => element("li", { text: c.sentence })))]);
  const near = explain.nearby.map((other) => element("li", {}, element("code", { class: "command", text: other.command })));
  return near.length ? [headline("Ask instead"), element("ul", {}, ...near), ...parts] : parts;
}

function effectsPart(effects) {
  const rows = effects.effects.map((effect) => element("tr", {},
    element("th", { scope: "row" }, entityButton(effect.object.id || effect.object)), element("td", { text: effect.verdict.replace("_", " ") }),
    element("td", { text: effect.agreement || "" })));
  const head = element("tr", {}, ...["On", "Effect", "Observed"].map((text) => element("th", { scope: "col", text })));
  return [headline(`Effects by mechanism (${rows.length})`), element("table", { class: "effects-list" }, element("thead", {}, head), element("tbody", {}, ...rows))];
}

function commandOf(q) {
  const quote = (text) => (/^[\w:.+-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`);
  const background = MANY.some(([key]) => q[key] && q[key].length);
  const parts = ["moagraph", q.b ? "explain" : background ? "whatif" : "effects", quote(label(q.a))];
  if (q.b) parts.push(quote(label(q.b)));
  for (const key of ["cell", "species"]) if (q[key]) parts.push(`--${key}`, quote(label(q[key])));
  for (const key of LISTS) for (const id of q[key] || []) parts.push(`--${key}`, quote(label(id)));
  return parts.join(" ");
}
