// The map in the corner, where not all can be seen at a readable size: boxes, and what is in view.

let mapScale = 1;
let mapBox = [0, 0, 1, 1];

function paintMap() {
  const map = byId("map");
  const view = viewBox();
  const [x0, y0, x1, y1] = sceneBox([...state.scene.nodes.values()]);
  const whole = view[0] <= x0 && view[1] <= y0 && view[2] >= x1 && view[3] >= y1;
  map.hidden = whole || !byId("panel").hidden || state.step >= 0 || innerWidth <= 700;
  if (map.hidden) return;
  const ratio = Math.max(1, devicePixelRatio || 1);
  const [wide, high] = [220, 130];
  if (map.width !== wide * ratio) { map.width = wide * ratio; map.height = high * ratio; }
  mapBox = [x0 - 40, y0 - 40, x1 + 40, y1 + 40];
  mapScale = Math.min(wide / (mapBox[2] - mapBox[0]), high / (mapBox[3] - mapBox[1]));
  const c = map.getContext("2d");
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, wide, high);
  const [left, top] = mapOrigin();
  c.setTransform(ratio * mapScale, 0, 0, ratio * mapScale, ratio * (left - mapBox[0] * mapScale), ratio * (top - mapBox[1] * mapScale));
  for (const node of state.scene.nodes.values()) {
    const look = lookOfNode(node);
    c.globalAlpha = look.alpha;
    c.fillStyle = palette[`${node.col}-line`];
    c.fillRect(node.x - node.w / 2, node.y - node.h / 2, node.w, Math.max(node.h, 2 / mapScale));
  }
  c.globalAlpha = 1;
  c.strokeStyle = palette.mark;
  c.lineWidth = 2 / mapScale;
  c.strokeRect(view[0], view[1], view[2] - view[0], view[3] - view[1]);
}

function mapOrigin() {
  return [(220 - (mapBox[2] - mapBox[0]) * mapScale) / 2, (130 - (mapBox[3] - mapBox[1]) * mapScale) / 2];
}

function wireMap() {
  const map = byId("map");
  const go = (event) => {
    const frame = map.getBoundingClientRect();
    const [left, top] = mapOrigin();
    lookAt((event.clientX - frame.x - left) / mapScale + mapBox[0],
      (event.clientY - frame.y - top) / mapScale + mapBox[1], network.getScale(), false);
  };
  map.addEventListener("pointerdown", (event) => { map.setPointerCapture(event.pointerId); go(event); });
  map.addEventListener("pointermove", (event) => { if (event.buttons) go(event); });
}
