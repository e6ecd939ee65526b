// A layout for answers whose claims are not all in the picture: the rules of the file's own layout
// (columns, layers, passages for long lines, the main path straight), for graphs of some dozens.

const COLUMN_NAMES = ["drug", "ligase", "neosubstrate", "downstream", "effect", "indication"];
const COLUMN_HEADINGS = ["Drug", "Ligase", "Neosubstrate", "Downstream", "Cell and immune effect", "Indication"];

function wrapLabel(text) {
  const lines = [];
  for (const word of text.split(/\s+/).flatMap((w) => w.match(/.{1,24}/gu) || [])) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + 1 + word.length <= 15) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  if (lines.length > 5) lines.splice(4, lines.length, `${lines[4]} …`);
  return lines.length ? lines : [""];
}

function layOut(nodes, edges, spine) {
  const points = nodes.map((node) => {
    node.lines = wrapLabel(node.label);
    const longest = Math.max(...node.lines.map((l) => l.length));
    node.w = Math.max(92, Math.round(longest * 8.8) + 18 + ({ effect: 14, drug: 6 }[node.col] || 0));
    node.h = LINE_HEIGHT * node.lines.length + 15;
    return { node, half: node.h / 2, layer: 0, y: 0, near: [] };
  });
  const place = new Map(points.map((p) => [p.node.id, p]));
  const links = [];
  for (const edge of edges) {
    const ends = edge.via && place.has(edge.via) && edge.via !== edge.from && edge.via !== edge.to
      ? [edge.from, edge.via, edge.to] : [edge.from, edge.to];
    for (let i = 0; i + 1 < ends.length; i++) links.push([place.get(ends[i]), place.get(ends[i + 1])]);
  }
  const layerColumns = setLayers(points, links);
  const layers = layerColumns.map(() => []);
  for (const p of points) layers[p.layer].push(p);
  for (const edge of edges) edge.parts = chainsOf(edge, place, points, layers);
  const straight = spinePoints(edges, spine);
  orderLayers(layers);
  setHeights(layers, straight);
  const [left, right] = setWidths(layers);
  for (const p of points) {
    if (!p.node) continue;
    p.node.x = Math.round((left[p.layer] + right[p.layer]) / 2);
    p.node.y = Math.round(p.y);
    p.node.w = right[p.layer] - left[p.layer];
  }
  routeAll(edges, points, left, right);
  const columns = [];
  layerColumns.forEach((col, layer) => {
    const last = columns[columns.length - 1];
    if (last && last[0] === col) last[3] = right[layer];
    else columns.push([col, COLUMN_HEADINGS[COLUMN_NAMES.indexOf(col)], left[layer], right[layer]]);
  });
  return columns;
}

function setLayers(points, links) {
  const found = [];
  for (const col of COLUMN_NAMES) {
    const members = points.filter((p) => p.node.col === col);
    if (!members.length) continue;
    const inside = links.filter(([a, b]) => a !== b && a.node.col === col && b.node.col === col);
    const level = new Map(members.map((m) => [m, 0]));
    for (let round = 0; round < Math.min(4, members.length); round++) {
      for (const [a, b] of inside) if (level.get(b) <= level.get(a)) level.set(b, Math.min(3, level.get(a) + 1));
    }
    const used = [...new Set(level.values())].sort((a, b) => a - b);
    for (const m of members) m.layer = found.length + used.indexOf(level.get(m));
    for (let i = 0; i < used.length; i++) found.push(col);
  }
  return found;
}

function chainsOf(edge, place, points, layers) {
  const ends = edge.via && place.has(edge.via) && edge.via !== edge.from && edge.via !== edge.to
    ? [edge.from, edge.via, edge.to] : [edge.from, edge.to];
  const parts = [];
  for (let i = 0; i + 1 < ends.length; i++) {
    let [a, b] = [place.get(ends[i]), place.get(ends[i + 1])];
    const reverse = a.layer > b.layer;
    if (reverse) [a, b] = [b, a];
    const chain = [a];
    for (let layer = a.layer + 1; layer < b.layer; layer++) {
      const p = { node: null, half: 4, layer, y: 0, near: [] };
      points.push(p);
      layers[layer].push(p);
      chain.push(p);
    }
    chain.push(b);
    for (let k = 0; k + 1 < chain.length; k++) {
      const weight = (chain[k].node ? 1 : 2) * (chain[k + 1].node ? 1 : 2);
      chain[k].near.push([chain[k + 1], weight]);
      chain[k + 1].near.push([chain[k], weight]);
    }
    parts.push({ chain, reverse, level: a.layer === b.layer });
  }
  return parts;
}

function spinePoints(edges, spine) {
  const taken = new Map();
  for (const edge of edges) {
    if (!spine.has(edge.id)) continue;
    for (const { chain } of edge.parts) {
      for (const p of chain) if (!taken.has(p.layer) || (p.node && !taken.get(p.layer).node)) taken.set(p.layer, p);
    }
  }
  return new Set(taken.values());
}

function orderLayers(layers) {
  const rank = () => layers.forEach((layer) => layer.forEach((p, i) => { p.rank = (i + 0.5) / layer.length; }));
  rank();
  for (let sweep = 0; sweep < 16; sweep++) {
    const order = sweep % 2 ? layers.slice().reverse() : layers;
    for (const layer of order) {
      for (const p of layer) {
        const near = p.near.filter(([o]) => (sweep % 2 ? o.layer > p.layer : o.layer < p.layer));
        p.want = near.length ? near.reduce((s, [o]) => s + o.rank, 0) / near.length : p.rank;
      }
      layer.sort((a, b) => a.want - b.want);
      layer.forEach((p, i) => { p.rank = (i + 0.5) / layer.length; });
    }
  }
}

function setHeights(layers, straight) {
  const gap = (a, b) => a.half + b.half + (a.node && b.node ? 15 : 10);
  for (const layer of layers) {
    let y = 0;
    layer.forEach((p, i) => { y += i ? gap(layer[i - 1], p) : 0; p.y = y; });
    const middle = layer.find((p) => straight.has(p));
    const shift = middle ? middle.y : y / 2;
    for (const p of layer) p.y -= shift;
  }
  for (let sweep = 0; sweep < 24; sweep++) {
    for (const layer of sweep % 2 ? layers.slice().reverse() : layers) {
      const offsets = [];
      layer.forEach((p, i) => offsets.push(i ? offsets[i - 1] + gap(layer[i - 1], p) : 0));
      const blocks = [];
      layer.forEach((p, i) => {
        const weight = straight.has(p) ? 1e9 : p.near.reduce((s, [, w]) => s + w, 0) || 0.01;
        const want = straight.has(p) ? 0
          : p.near.length ? p.near.reduce((s, [o, w]) => s + o.y * w, 0) / weight : p.y;
        blocks.push([want - offsets[i], weight, 1]);
        while (blocks.length > 1 && blocks[blocks.length - 2][0] > blocks[blocks.length - 1][0]) {
          const [mean, heavy, count] = blocks.pop();
          const last = blocks[blocks.length - 1];
          last[0] = (last[0] * last[1] + mean * heavy) / (last[1] + heavy);
          last[1] += heavy;
          last[2] += count;
        }
      });
      let i = 0;
      for (const [mean, , count] of blocks) for (let k = 0; k < count; k++) { layer[i].y = mean + offsets[i]; i++; }
    }
  }
}

function setWidths(layers) {
  const [left, right] = [[], []];
  let x = 0;
  for (const layer of layers) {
    const width = Math.max(40, ...layer.map((p) => (p.node ? p.node.w : 0)));
    left.push(x);
    right.push(x + width);
    x += width + Math.min(110, 54 + layer.length * 2);
  }
  return [left, right];
}

function routeAll(edges, points, left, right) {
  const sides = new Map();
  for (const edge of edges) {
    edge.parts.forEach((part, index) => {
      const trunk = edge.parts.length === 2 && index === 0 ? `${edge.from} ${edge.via}` : "";
      for (const end of [0, 1]) {
        const p = end ? part.chain[part.chain.length - 1] : part.chain[0];
        const next = end ? part.chain[part.chain.length - 2] : part.chain[1];
        const key = `${points.indexOf(p)} ${end && !part.level}`;
        if (!sides.has(key)) sides.set(key, { p, ports: [] });
        sides.get(key).ports.push({ part, end, y: next.y, trunk });
      }
    });
  }
  for (const { p, ports } of sides.values()) {
    ports.sort((a, b) => a.y - b.y);
    const groups = [];
    for (const port of ports) {
      const same = port.trunk && groups.find((g) => g[0].trunk === port.trunk);
      if (same) same.push(port);
      else groups.push([port]);
    }
    const reach = Math.max(1, (groups.length - 1) / 2);
    const step = Math.min(8, (p.half - 6) / reach);
    groups.forEach((group, i) => {
      for (const port of group) port.part[port.end ? "last" : "first"] = Math.round(p.y + (i - (groups.length - 1) / 2) * step);
    });
  }
  for (const edge of edges) {
    edge.knots = [];
    edge.bulge = 0;
    for (const part of edge.parts) {
      const { chain, level } = part;
      const [a, b] = [chain[0], chain[chain.length - 1]];
      const knots = [[right[a.layer], part.first]];
      for (const p of chain.slice(1, -1)) knots.push([left[p.layer], Math.round(p.y)], [right[p.layer], Math.round(p.y)]);
      knots.push([level ? right[b.layer] : left[b.layer], part.last]);
      if (level && edge.parts.length === 1) edge.bulge = 34;
      if (part.reverse) knots.reverse();
      edge.knots.push(...knots.flat());
    }
    delete edge.parts;
  }
}
