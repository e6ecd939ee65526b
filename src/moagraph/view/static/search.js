// Search by label, id or synonym, in the picture first, then in the whole graph.

function found(text) {
  const key = fold(text);
  if (!key) return [];
  const scored = new Map();
  for (const [name, ids] of knownNames) {
    const at = name.indexOf(key);
    if (at < 0) continue;
    const score = name === key ? 0 : at === 0 ? 1 : /[\s(-]/.test(name[at - 1]) ? 2 : 3;
    for (const id of ids) {
      const drawn = state.scene.nodes.has(id) ? 0 : 4;
      const known = scored.get(id);
      if (!known || known[0] > score + drawn) scored.set(id, [score + drawn, name]);
    }
  }
  return [...scored].sort((a, b) => a[1][0] - b[1][0] || label(a[0]).localeCompare(label(b[0]))).slice(0, 12);
}

// The ids of the best rank at which a name is known, as the commands find them.
function idsOf(name) {
  if (nameOf.has(name)) return new Set([name]);
  const key = fold(name);
  const rank = ranks.find((known) => known.has(key));
  return rank ? rank.get(key) : new Set();
}

// What a name that nothing is called may be another form of: an IRI, `MONDO_0009693`, a bare
// accession, blanks for dashes, one of several; forms of one group are equally good.
function otherForms(text) {
  if (/^https?:\/\//.test(text)) {
    const tail = text.split(/[/#=]/).pop();
    return [[tail, tail.replace("_", ":")]];
  }
  if (text.length < 3 || text.length > 200) return [];
  const groups = /^[A-Za-z.]+_\w+$/.test(text) ? [[text.replace("_", ":")]] : [];
  const key = fold(text);
  if (/\d/.test(text) && /[A-Za-z]/.test(text) && !text.includes(":")) {
    groups.push([...knownNames.keys()].filter((name) => name.endsWith(`:${key}`)));
  }
  for (const form of [key, key.replace(/s$/, "")]) groups.push([form, form.replace(/-/g, " "), form.replace(/ /g, "-")]);
  return groups;
}

function meant(text) {
  const ids = idsOf(text);
  if (ids.size) return ids;
  for (const group of otherForms(text)) {
    const those = new Set(group.flatMap((form) => [...idsOf(form)]));
    if (those.size) return those;
  }
  return ids;
}

// Return the id that a text means, or "" after telling why it means none or many.
function resolve(text, field) {
  const ids = meant(text);
  if (ids.size === 1) return [...ids][0];
  const near = found(text).map(([id]) => label(id));
  if (ids.size > 1) {
    complain(`“${text}” (${field}) means several: ${[...ids].map((id) => `${label(id)} (${id})`).join(", ")}.`);
  } else if (near.length) complain(`Nothing is called “${text}” (${field}). Near it: ${near.slice(0, 5).join(", ")}.`);
  else complain(`Nothing is called “${text}” (${field}).`);
  return "";
}

// What a field takes: an entity of another kind would change nothing, and look as if it had.
const CHEMICALS = ["drug", "drug class", "combination", "chemical"];
const TAKES = {
  cell: ["a cell", (kind) => ["cell", "cell line", "anatomy"].includes(kind)],
  species: ["a species", (kind) => kind === "taxon"],
  with: ["a drug", (kind) => CHEMICALS.includes(kind)],
  state: ["a state", (kind) => ![...CHEMICALS, "cell", "cell line", "anatomy", "taxon"].includes(kind)],
};

// Return the id of a field's text if it is of a kind that the field takes, else "".
function taken(text, key, field) {
  const id = resolve(text, field);
  const kind = (namesById.get(id) || [])[2];
  if (!id || !kind || !TAKES[key] || TAKES[key][1](kind)) return id;
  complain(`“${text}” (${field}) is of kind ${kind}: ${TAKES[key][0]} belongs there.`);
  return "";
}

function complain(text) {
  showPanel("This cannot be asked so", [element("p", { class: "warn", text })], false);
  say(text);
}

let hitPlace = -1;
function showHits() {
  const input = byId("find");
  const list = byId("hits");
  const hits = found(input.value);
  hitPlace = -1;
  input.removeAttribute("aria-activedescendant");
  list.replaceChildren(...hits.map(([id, [, name]], place) => {
    const drawn = state.scene.nodes.has(id);
    const item = element("li", { role: "option", id: `hit-${place}`, "data-id": id, "aria-selected": "false" },
      element("span", { text: label(id) }),
      element("small", { text: [fold(label(id)) !== name && name, !drawn && "not in this picture"].filter(Boolean).join(" · ") }));
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); takeHit(id); });
    return item;
  }));
  if (input.value.trim() && !hits.length) {
    list.append(element("li", { role: "option", "aria-selected": "false", "aria-disabled": "true", text: "Nothing found" }));
    say(`Nothing found for ${input.value}.`);
  } else if (hits.length) say(`${plural(hits.length, "entity", "entities")} found.`);
  const open = Boolean(input.value.trim());
  list.hidden = !open;
  input.setAttribute("aria-expanded", String(open));
}

function takeHit(id) {
  const input = byId("find");
  byId("hits").hidden = true;
  input.setAttribute("aria-expanded", "false");
  if (state.scene.nodes.has(id)) { openNode(id, true); return; }
  showPanel(label(id), [element("p", { text: "It is in the graph and not in this picture." }),
    element("p", { class: "ask-about" },
      element("button", { type: "button", text: "Ask from here", onclick: () => ask({ a: id }, true) }),
      element("button", { type: "button", text: "Ask to here", onclick: () => ask({ b: id }, true) }))], true);
}

function onFindKey(event) {
  const items = [...byId("hits").querySelectorAll("li[data-id]")];
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!items.length) return;
    event.preventDefault();
    hitPlace = (hitPlace + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === hitPlace)));
    items[hitPlace].scrollIntoView({ block: "nearest" });
    byId("find").setAttribute("aria-activedescendant", items[hitPlace].id);
  } else if (event.key === "Enter") {
    event.preventDefault();
    const item = items[Math.max(0, hitPlace)];
    if (item) takeHit(item.dataset.id);
  } else if (event.key === "Escape") {
    byId("find").value = "";
    showHits();
  }
}
