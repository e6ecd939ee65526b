"use strict";
(() => {
  const part = (id) => document.getElementById(id);
  const state = part("state");
  const result = part("result");
  const query = part("query");
  const SHOWN = 1000;
  let questions = [];
  let prefixes = [];
  let running = null;

  function made(tag, text, parent) {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    if (parent) parent.append(node);
    return node;
  }

  function say(text, bad) {
    state.textContent = text;
    state.className = bad ? "bad" : "";
  }

  function short(iri) {
    let best = ["", ""];
    for (const pair of prefixes) {
      if (iri.startsWith(pair[1]) && pair[1].length > best[1].length) best = pair;
    }
    const local = iri.slice(best[1].length);
    return best[1] && /^[\w.\-/]*$/.test(local) ? `${best[0]}:${local}` : `<${iri}>`;
  }

  // Only addresses of the web become links; nothing of an answer is ever read as HTML.
  function cell(term, parent) {
    const box = made("td", undefined, parent);
    if (!term) return;
    if (term.type === "uri") {
      if (/^https?:\/\//i.test(term.value)) {
        const link = made("a", short(term.value), box);
        link.href = term.value;
        link.title = term.value;
        link.rel = "noreferrer noopener";
        link.target = "_blank";
      } else {
        box.textContent = short(term.value);
      }
    } else if (term.type === "bnode") {
      box.textContent = `_:${term.value}`;
    } else if (term.type === "triple") {
      box.textContent = JSON.stringify(term.value);
    } else {
      box.textContent = term.value;
      if (term["xml:lang"]) box.title = term["xml:lang"];
      else if (term.datatype) box.title = short(term.datatype);
    }
  }

  function table(data) {
    if (typeof data.boolean === "boolean") {
      say(data.boolean ? "Yes." : "No.");
      return;
    }
    const names = data.head.vars;
    const rows = data.results.bindings;
    const cut = rows.length > SHOWN ? `; the first ${SHOWN} are shown, CSV has all` : "";
    say(`${rows.length} ${rows.length === 1 ? "row" : "rows"}${cut}.`);
    const grid = made("table", undefined, result);
    const head = made("tr", undefined, made("thead", undefined, grid));
    for (const name of names) made("th", name, head).scope = "col";
    const body = made("tbody", undefined, grid);
    for (const row of rows.slice(0, SHOWN)) {
      const line = made("tr", undefined, body);
      for (const name of names) cell(row[name], line);
    }
  }

  function failed(text) {
    let message = text;
    let excerpt = "";
    try {
      const error = JSON.parse(text).error;
      const place = error.line ? `Line ${error.line}, column ${error.column}: ` : "";
      message = place + error.message;
      excerpt = error.excerpt || "";
    } catch {
      // Not an object of ours: shown as it is.
    }
    say(message, true);
    if (excerpt) made("pre", excerpt, result);
  }

  function chosen() {
    return questions.find((q) => q.name === part("question").value);
  }

  function request(accept) {
    const named = chosen();
    const headers = { Accept: accept };
    if (named && query.value === named.text) {
      const values = new URLSearchParams();
      for (const input of part("parameters").querySelectorAll("input")) {
        if (input.value.trim()) values.append(input.name, input.value.trim());
      }
      return [`/questions/${encodeURIComponent(named.name)}?${values}`, { headers }];
    }
    headers["Content-Type"] = "application/sparql-query";
    return ["/sparql", { method: "POST", headers, body: query.value }];
  }

  async function run() {
    if (running) running.abort();
    const mine = new AbortController();
    running = mine;
    result.replaceChildren();
    say("Asking …");
    part("stop").hidden = false;
    const format = part("format").value;
    const rows = "application/sparql-results+json";
    const accept = format ? `${format}, ${rows};q=0.1, text/turtle;q=0.1` : `${rows}, text/turtle;q=0.9`;
    try {
      const [address, options] = request(accept);
      const reply = await fetch(address, { ...options, signal: mine.signal });
      const text = await reply.text();
      if (running !== mine) return;
      const media = reply.headers.get("Content-Type") || "";
      if (!reply.ok) {
        failed(text);
      } else if (!format && media.startsWith(rows)) {
        table(JSON.parse(text));
      } else {
        say(`${text.length} characters of ${media}.`);
        made("pre", text, result);
      }
      const note = reply.headers.get("X-Note-1");
      if (note) state.textContent += ` Note: ${note}.`;
    } catch (error) {
      if (running === mine) say(error.name === "AbortError" ? "Stopped." : "The server does not answer.", true);
    } finally {
      if (running === mine) {
        running = null;
        part("stop").hidden = true;
      }
    }
  }

  function choose() {
    const named = chosen();
    const box = part("parameters");
    box.replaceChildren();
    part("hint").hidden = !named || named.parameters.length === 0;
    part("about").textContent = named ? named.description : "";
    if (!named) return;
    query.value = named.text;
    for (const parameter of named.parameters) {
      const field = made("div", undefined, box);
      const label = made("label", `${parameter.name}: ${parameter.help}${parameter.optional ? " (optional)" : ""}`, field);
      const input = made("input", undefined, field);
      input.name = parameter.name;
      input.id = `parameter-${parameter.name}`;
      label.htmlFor = input.id;
      input.required = !parameter.optional;
      input.value = named.example[parameter.name] || "";
    }
  }

  async function load() {
    const [asked, declared] = await Promise.all([fetch("/questions"), fetch("/prefixes")]);
    questions = await asked.json();
    prefixes = Object.entries(await declared.json());
    for (const named of questions) {
      made("option", named.title || named.name, part("question")).value = named.name;
    }
    for (const [prefix, namespace] of prefixes) {
      const line = made("tr", undefined, part("prefixes"));
      made("th", `${prefix}:`, line).scope = "row";
      made("td", namespace, line);
    }
  }

  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  part("stop").addEventListener("click", () => running && running.abort());
  part("question").addEventListener("change", choose);
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      part("form").requestSubmit();
    }
  });
  load().catch(() => say("The list of questions could not be loaded.", true));
})();
