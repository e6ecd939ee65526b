// Exports: the picture as SVG and PNG, the visible claims as TSV and JSON, and the print.

function svgText(theme) {
  const kept = palette;
  const held = [state.hover, state.cursor];
  [state.hover, state.cursor] = ["", ""];
  palette = readPalette(theme);
  refocus();
  const box = sceneBox([...state.scene.nodes.values()]);
  for (const edge of state.scene.edges.values()) {
    box[1] = Math.min(box[1], edge.path.box[1]); box[3] = Math.max(box[3], edge.path.box[3]);
  }
  const view = [box[0] - 34, box[1] - 48, box[2] + 34, box[3] + 26];
  const pen = new SvgPen();
  paintColumns(pen, view);
  for (const [, heading, left, right] of state.scene.columns) {
    pen.text((left + right) / 2, view[1] + 22, heading, { fill: palette.ink, weight: 700 });
  }
  const drawn = paintEdges(pen, null);
  for (const node of state.scene.nodes.values()) {
    pen.open(`${node.label}, ${columnName(node.col)}`);
    paintNode(pen, node, { ...lookOfNode(node), ring: node.id === state.node });
    pen.close();
  }
  paintMarks(pen, drawn);
  const legend = svgLegend(view[0] + 12, view[3] + 14, view[2] - view[0] - 24);
  const [width, height] = [view[2] - view[0], legend.bottom + 12 - view[1]];
  const about = `${PAGE.summary} Data ${PAGE.data}, moagraph ${PAGE.tool}.`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[view[0], view[1], width, height].map(number).join(" ")}" ` +
    `width="${number(width)}" height="${number(height)}" role="img" font-family="${escapeXml(FONT)}">` +
    `<title>${escapeXml(sceneTitle())}</title><desc>${escapeXml(about)}</desc>` +
    `<rect x="${number(view[0])}" y="${number(view[1])}" width="${number(width)}" height="${number(height)}" fill="${palette.paper}"/>`;
  const text = `${head}${pen.parts.join("")}${legend.parts.join("")}</svg>`;
  palette = kept;
  [state.hover, state.cursor] = held;
  refocus();
  return { text, width, height };
}

function svgLegend(left, top, room) {
  const parts = [];
  let [x, y] = [left, top];
  const measure = document.createElement("canvas").getContext("2d");
  measure.font = `13px ${FONT}`;
  for (const [what, width, words] of legendEntries()) {
    const pen = what instanceof SvgPen ? what : new SvgPen();
    if (!(what instanceof SvgPen)) {
      what.knots = [2, 9, 44, 9];
      what.path = curveOf(what, null);
      paintEdge(pen, what, { alpha: 1 });
      paintMark(pen, what, { alpha: 1 });
    }
    const wide = (width || 48) + 8 + measure.measureText(words).width * 1.08 + 20;
    if (x + wide > left + room && x > left) { x = left; y += 24; }
    const label = new SvgPen();
    label.text((width || 48) + 7, 13.5, words, { size: 13, align: "left", fill: palette.ink });
    parts.push(`<g transform="translate(${number(x)} ${number(y)})">${pen.parts.join("")}${label.parts.join("")}</g>`);
    x += wide;
  }
  return { parts, bottom: y + 20 };
}

const sceneTitle = () => (state.answer ? answerTitle(state.question) : PAGE.title);
const fileName = (ending) => `${fold(sceneTitle()).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "mechanism"}.${ending}`;

function save(name, blob) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
  say(`Saved ${name}.`);
}

const theme = () => document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

function exportSvg() {
  save(fileName("svg"), new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${svgText(theme()).text}\n`], { type: "image/svg+xml" }));
}

function exportPng() {
  const { text, width, height } = svgText(theme());
  const image = new Image();
  image.onload = () => {
    const scale = Math.min(2, 16000 / Math.max(width, height));
    const canvas = element("canvas", {});
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => blob ? save(fileName("png"), blob) : complain("The picture is too big for this browser."), "image/png");
  };
  image.onerror = () => complain("The picture could not be drawn.");
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

// The claims that are seen: those that pass the filters and, where some are in focus, those.
function seenClaims() {
  refocus();
  return [...state.scene.edges.values()].filter((e) => visible(e) && (!focused || focused.has(e.id)));
}

function claimRecord(edge) {
  const row = rowOf.get(edge.id);
  const papers = row ? [...row.querySelectorAll(".papers .reference")].map((p) => p.textContent.trim()) : [];
  return {
    id: edge.id, subject: edge.from, subject_label: label(edge.from), relation: edge.rel,
    object: edge.to, object_label: label(edge.to), sign: edge.sign, via: edge.via, kind: edge.kind,
    status: edge.status, directness: edge.level, cell: edge.cell, disease: edge.disease,
    species: edge.species, sentence: edge.text, sources: papers,
  };
}

function exportTsv() {
  const records = seenClaims().map(claimRecord);
  const keys = Object.keys(claimRecord({ from: "", to: "" }));
  const cell = (value) => (Array.isArray(value) ? value.join("|") : String(value ?? "")).replace(/\s+/g, " ").trim();
  const lines = [keys.join("\t"), ...records.map((r) => keys.map((k) => cell(r[k])).join("\t"))];
  save(fileName("tsv"), new Blob([`${lines.join("\n")}\n`], { type: "text/tab-separated-values" }));
}

function exportJson() {
  const value = { title: sceneTitle(), data_version: PAGE.data, tool_version: PAGE.tool, claims: seenClaims().map(claimRecord) };
  save(fileName("json"), new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: "application/json" }));
}

const EXPORTS = { svg: exportSvg, png: exportPng, tsv: exportTsv, json: exportJson };

function fillPrint() {
  const { text } = svgText("light");
  const made = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  byId("print").replaceChildren(document.importNode(made, true));
}
