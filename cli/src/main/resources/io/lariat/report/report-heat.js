// The first kernel as a picture.

const heat = data.heat;
let cells;

function decodeHeat() {
  const bytes = atob(heat.weights);
  cells = new Int16Array(bytes.length / 2);
  for (let i = 0; i < cells.length; i++) {
    cells[i] = bytes.charCodeAt(2 * i) << 8 | bytes.charCodeAt(2 * i + 1);
  }
}

/** Opacity grows with the square root, so that small weights are seen beside large ones. */
const opacity = share => 0.1 + 0.9 * Math.sqrt(Math.abs(share));

// As high as the header and the rows of the bars beside it, so that the two can be read across.
const HEAT_TOP = 24;
const HEAT_ROW = 18;
let layout;

function drawHeat() {
  const container = byId("heat");
  const width = Math.max(200, container.clientWidth);
  const ratio = devicePixelRatio || 1;
  const names = data.features.names.slice(0, heat.rows);
  const label = Math.round(labelWidth(names, "12px", Math.min(190, width * 0.38))) + 10;
  const units = Math.min(heat.units.length, Math.floor((width - label) / 2));
  const height = HEAT_TOP + heat.rows * HEAT_ROW + 1;
  const canvas = container.querySelector("canvas") || container.appendChild(element("canvas"));
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.height = height + "px";
  const c = canvas.getContext("2d");
  c.scale(ratio, ratio);
  const step = (width - label) / units;
  const gap = step > 5 ? 1 : 0;
  const negative = color("negative"), positive = color("positive");
  c.font = ruler.font;
  c.textBaseline = "middle";
  c.fillStyle = color("muted");
  c.fillText(fit(c, "units, the largest sum |w| first", width - label), label, HEAT_TOP / 2 - 1);
  c.textAlign = "right";
  for (let r = 0; r < heat.rows; r++) {
    c.globalAlpha = 1;
    c.fillStyle = color("text");
    c.fillText(fit(c, names[r], label - 8), label - 8, HEAT_TOP + (r + 0.5) * HEAT_ROW);
    for (let k = 0; k < units; k++) {
      const v = cells[r * heat.units.length + k];
      if (v === 0) continue;
      c.globalAlpha = opacity(v / 32767);
      c.fillStyle = v < 0 ? negative : positive;
      const x = Math.round((label + k * step) * ratio) / ratio;
      const next = Math.round((label + (k + 1) * step) * ratio) / ratio;
      c.fillRect(x, HEAT_TOP + r * HEAT_ROW + 1, next - x - gap, HEAT_ROW - 1);
    }
  }
  c.globalAlpha = 1;
  c.strokeStyle = color("line");
  c.strokeRect(label - 0.5, HEAT_TOP + 0.5, width - label, heat.rows * HEAT_ROW);
  layout = { label, step, units };
  noteHeat(units);
}

function fit(c, text, width) {
  if (c.measureText(text).width <= width) return text;
  const points = [...text];
  const cut = n => points.slice(0, n).join("") + "\u2026";
  let n = points.length;
  while (n > 0 && c.measureText(cut(n)).width > width) n = Math.min(n - 1, Math.floor(n * 0.9));
  return cut(n);
}

function noteHeat(units) {
  const f = data.features;
  const part = (shown, all, thing) =>
    shown === all ? "all " + plural(all, thing) : "the " + count(shown) + " largest of " + plural(all, thing);
  const text = "Shown: " + part(heat.rows, f.used, "input") + " in use and "
    + part(units, heat.unitsUsed, "unit") + " in use, both sorted by sum |w|. Exact zeros are left blank."
    + (heat.unitsUsed < f.units ? " " + plural(f.units - heat.unitsUsed, "unit") + " of " + count(f.units)
      + (f.units - heat.unitsUsed === 1 ? " has" : " have") + " no weight left." : "");
  byId("heat-note").textContent = text;
  const canvas = byId("heat").querySelector("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "Heat map of the first kernel. " + text + " The sums are in the table of inputs.");
}

function drawHeatScale() {
  const place = byId("heat-scale");
  const canvas = element("canvas");
  canvas.width = 360;
  canvas.height = 24;
  const c = canvas.getContext("2d");
  for (let x = 0; x < 360; x++) {
    const share = (x - 179.5) / 179.5;
    c.globalAlpha = opacity(share);
    c.fillStyle = color(share < 0 ? "negative" : "positive");
    c.fillRect(x, 0, 1, 24);
  }
  place.replaceChildren(
    element("span", number(-heat.largest)), canvas, element("span", number(heat.largest)),
    element("span", "weight; blank: exactly 0"));
}

function hoverHeat(event) {
  const box = event.currentTarget.getBoundingClientRect();
  const k = Math.floor((event.clientX - box.left - layout.label) / layout.step);
  const r = Math.floor((event.clientY - box.top - HEAT_TOP) / HEAT_ROW);
  const inside = k >= 0 && k < layout.units && r >= 0 && r < heat.rows;
  const v = inside ? cells[r * heat.units.length + k] : 0;
  byId("heat-hover").textContent = inside
    ? data.features.names[r] + " \u2192 unit " + heat.units[k] + ": "
      + (v === 0 ? "exactly 0" : number(+(v / 32767 * heat.largest).toPrecision(3)))
    : "\u00a0";
}
