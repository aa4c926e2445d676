// Plots: curves over an x of any kind, with points, error bars and marked places.

const plotHeight = () => root.classList.contains("printing") ? 190 : 260;
const plots = [];

/** Steps of 1, 2 and 5 times powers of ten: whole numbers only. */
const WHOLE = [];
for (let p = 1; p <= 1e9; p *= 10) WHOLE.push(p, 2 * p, 5 * p);

/** Where a logarithmic axis has its labels: 1, 2, 5 a decade, all nine where those are few. */
function logSplits(min, max) {
  const within = digits => {
    const found = [];
    for (let e = Math.floor(Math.log10(min)); e <= Math.log10(max); e++) {
      for (const d of digits) {
        const v = d * 10 ** e;
        if (v >= min && v <= max) found.push(v);
      }
    }
    return found;
  };
  const choices = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]].map(within);
  return choices.find(c => c.length >= 4) || choices.at(-1);
}

const tick = v => {
  const size = Math.abs(v);
  return minus(size !== 0 && (size < 1e-4 || size >= 1e6) ? v.toExponential() : String(+v.toPrecision(6)));
};

/**
 * A plot of series over x, ascending, into the element with this id.
 * series: {label, values, color, alpha, dash, width, points: whether each is a dot, errors: half the length of its bar,
 *   unlisted: not in the legend}
 * options: {x, range, log, format, tick, marks, sync, legend: false for none, overlay: draws on top}, the range that of y
 * options.x: {label, range, log, whole: labels at whole numbers only, format,
 *   rest: {index, text}, what the legend shows before the pointer is on the plot; else the last}
 * A null is a gap; on a logarithmic axis so is what is not positive.
 */
function plot(id, x, series, options) {
  const container = byId(id);
  const lone = x.length === 1;
  const xFormat = options.x.format || String;
  const rest = options.x.rest || { index: x.length - 1, text: xFormat(x.at(-1)) + " (last)" };
  const axis = {
    stroke: color("muted"),
    font: "12px system-ui, sans-serif",
    grid: { stroke: color("grid"), width: 1 },
    ticks: { stroke: color("grid"), width: 1, size: 4 },
    gap: 4,
  };
  const logarithmic = { splits: (self, i, min, max) => logSplits(min, max), filter: (self, splits) => splits };
  const labels = write => (self, splits) => splits.map(write);
  const u = new uPlot({
    width: Math.max(200, container.clientWidth),
    height: plotHeight(),
    padding: [8, 12, 0, 0],
    legend: {
      show: options.legend !== false,
      mount: (self, legend) => container.prepend(legend),
      markers: { dash: (self, i) => self.series[i].dash ? "dashed" : "solid" },
    },
    cursor: { drag: { x: false, y: false }, y: false, focus: { prox: -1 }, sync: options.sync ? { key: options.sync, setSeries: false } : undefined },
    focus: { alpha: 1 },
    scales: {
      x: { time: false, distr: options.x.log ? 3 : 1, range: () => options.x.range },
      y: { distr: options.log ? 3 : 1, range: () => options.range },
    },
    axes: [
      {
        ...axis, space: 46, size: 24, label: options.x.label, labelSize: 18, labelFont: axis.font, labelGap: 0,
        ...(options.x.whole ? { incrs: WHOLE } : { values: labels(tick) }),
        ...(options.x.log ? logarithmic : {}),
      },
      { ...axis, size: 54, values: labels(options.tick || tick), ...(options.log ? logarithmic : {}) },
    ],
    series: [
      { label: options.x.label, value: (self, v) => v == null ? rest.text : xFormat(v) },
      ...series.map(s => ({
        label: s.label,
        class: s.unlisted ? "unlisted" : undefined,
        stroke: s.color,
        alpha: s.alpha,
        width: s.width || 2,
        dash: s.dash,
        pxAlign: 0,
        points: { show: s.points || x.length <= 2, size: lone ? 8 : 6, fill: s.color },
        value: (self, v, si, i) => options.format(s.values[i == null ? rest.index : i]),
      })),
    ],
    hooks: {
      draw: [self => {
        for (const s of series) if (s.errors) errorBars(self, x, s);
        options.marks?.forEach(m => mark(self, m));
        options.overlay?.(self);
      }],
    },
  }, [x, ...series.map(s => options.log ? s.values.map(v => v > 0 ? v : null) : s.values)], container);
  plots.push({ u, container });
}

/** A bar from value - error to value + error at each x; on a logarithmic axis cut at its low end. */
function errorBars(u, x, { values, errors, color: stroke }) {
  const c = u.ctx;
  const ratio = devicePixelRatio;
  c.save();
  c.beginPath();
  c.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  c.clip();
  c.strokeStyle = stroke;
  c.lineWidth = ratio;
  c.beginPath();
  x.forEach((at, i) => {
    if (values[i] == null || errors[i] == null) return;
    const low = values[i] - errors[i];
    const middle = u.valToPos(at, "x", true);
    const top = u.valToPos(values[i] + errors[i], "y", true);
    const bottom = u.scales.y.distr === 3 && low <= 0 ? u.bbox.top + u.bbox.height : u.valToPos(low, "y", true);
    c.moveTo(middle, top);
    c.lineTo(middle, bottom);
    for (const end of [top, bottom]) {
      c.moveTo(middle - 3 * ratio, end);
      c.lineTo(middle + 3 * ratio, end);
    }
  });
  c.stroke();
  c.restore();
}

/**
 * A dotted line at x, named at the top in the given line, on the side that has room; short is its name in a narrow
 * plot. A ring on the curve if there is a value, in the colour of validation curves unless another is given.
 */
function mark(u, { x: at, value, text, short, line, ring }) {
  const c = u.ctx;
  const ratio = devicePixelRatio;
  const x = Math.round(u.valToPos(at, "x", true));
  c.save();
  c.strokeStyle = c.fillStyle = color("mark");
  c.lineWidth = ratio;
  c.setLineDash([2 * ratio, 3 * ratio]);
  c.beginPath();
  c.moveTo(x, u.bbox.top);
  c.lineTo(x, u.bbox.top + u.bbox.height);
  c.stroke();
  c.setLineDash([]);
  if (value > 0 || value === 0 && u.scales.y.distr === 1) {
    c.lineWidth = 2 * ratio;
    c.strokeStyle = ring || color("val");
    c.fillStyle = color("card");
    c.beginPath();
    c.arc(x, u.valToPos(value, "y", true), 4.5 * ratio, 0, 2 * Math.PI);
    c.fill();
    c.stroke();
  }
  c.fillStyle = color("mark");
  c.font = 12 * ratio + "px system-ui, sans-serif";
  c.textBaseline = "top";
  if (u.bbox.width < 320 * ratio) text = short;
  const room = u.bbox.left + u.bbox.width - x > c.measureText(text).width + 10 * ratio;
  c.textAlign = room ? "left" : "right";
  c.fillText(text, x + (room ? 5 : -5) * ratio, u.bbox.top + (2 + 15 * line) * ratio);
  c.restore();
}

const finite = arrays => arrays.flat().filter(v => v != null);
const largest = values => values.reduce((a, b) => Math.max(a, b), 0);

/** A card in a grid, with a place for a plot. */
function card(grid, id, title, unit, label, finding) {
  const figure = byId(grid).appendChild(element("figure", null, "card"));
  figure.appendChild(element("figcaption", title)).append(element("span", unit, "unit"));
  const place = figure.appendChild(element("div", null, "plot"));
  place.id = id;
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", label);
  figure.append(element("p", finding, "finding"));
}

/** The range that all values have in common, from 0 on or logarithmic. */
function commonRange(values, log) {
  const positive = values.filter(v => v > 0);
  return log && positive.length > 0
    ? [positive.reduce((a, b) => Math.min(a, b)) / 1.15, largest(positive) * 1.15]
    : [0, (largest(values) || 1) * 1.06];
}
