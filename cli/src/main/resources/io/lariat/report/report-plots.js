// The plots over epochs.

const plotHeight = () => root.classList.contains("printing") ? 190 : 260;
const plots = [];
const [run, twin] = data.runs;
const epochs = run.epoch.length;

/** Steps of 1, 2 and 5 times powers of ten: whole epochs only. */
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
 * A plot over epochs.
 * series: {label, values, color, dash, width}; options: {range, log, format, mark, sync}
 */
function plot(id, epoch, series, options) {
  const container = byId(id);
  const last = epoch.length - 1;
  const lone = epoch.length === 1;
  const axis = {
    stroke: color("muted"),
    font: "12px system-ui, sans-serif",
    grid: { stroke: color("grid"), width: 1 },
    ticks: { stroke: color("grid"), width: 1, size: 4 },
    gap: 4,
  };
  const u = new uPlot({
    width: Math.max(200, container.clientWidth),
    height: plotHeight(),
    padding: [8, 12, 0, 0],
    legend: {
      mount: (self, legend) => container.prepend(legend),
      markers: { dash: (self, i) => self.series[i].dash ? "dashed" : "solid" },
    },
    cursor: { drag: { x: false, y: false }, y: false, focus: { prox: -1 }, sync: options.sync ? { key: options.sync, setSeries: false } : undefined },
    focus: { alpha: 1 },
    scales: {
      x: { time: false, range: () => options.epochs },
      y: { distr: options.log ? 3 : 1, range: () => options.range },
    },
    axes: [
      { ...axis, incrs: WHOLE, space: 46, size: 24, label: "epoch", labelSize: 18, labelFont: axis.font, labelGap: 0 },
      {
        ...axis,
        size: 54,
        values: (self, splits) => splits.map(options.tick || tick),
        ...(options.log ? { splits: (self, i, min, max) => logSplits(min, max), filter: (self, splits) => splits } : {}),
      },
    ],
    series: [
      { label: "epoch", value: (self, v) => v == null ? epoch[last] + " (last)" : String(v) },
      ...series.map(s => ({
        label: s.label,
        stroke: s.color,
        width: s.width || 2,
        dash: s.dash,
        pxAlign: 0,
        points: { show: epoch.length <= 2, size: lone ? 8 : 6, fill: s.color },
        value: (self, v, si, i) => options.format(i == null ? s.values[last] : s.values[i]),
      })),
    ],
    hooks: { draw: [self => options.marks?.forEach(m => mark(self, m))] },
  }, [epoch, ...series.map(s => options.log ? s.values.map(v => v > 0 ? v : null) : s.values)], container);
  plots.push({ u, container });
}

/** A dotted line at an epoch, named at the top, on the side that has room; a ring on the curve. */
function mark(u, { epoch, value, text, short, line }) {
  const c = u.ctx;
  const ratio = devicePixelRatio;
  const x = Math.round(u.valToPos(epoch, "x", true));
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
    c.strokeStyle = color("val");
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

/** The epochs that all runs span, with room around a single one. */
function epochRange() {
  const all = finite(data.runs.map(r => r.epoch));
  const first = Math.min(...all), last = Math.max(...all);
  return first === last ? [first - 0.5, last + 0.5] : [first, last];
}

const largest = values => values.reduce((a, b) => Math.max(a, b), 0);

function drawLosses() {
  const log = byId("log").checked;
  const values = finite(data.runs.flatMap(r => [r.dataLoss, r.valDataLoss || []]));
  const positive = values.filter(v => v > 0);
  const useLog = log && positive.length > 0;
  // One scale for both plots, so that the gaps can be compared by eye.
  const range = useLog
    ? [positive.reduce((a, b) => Math.min(a, b)) / 1.15, largest(positive) * 1.15]
    : [0, (largest(values) || 1) * 1.06];
  data.runs.forEach((r, i) => {
    if (r.epoch.length === 0) return;
    const series = [{ label: "training", values: r.dataLoss, color: color("train"), dash: [6, 4] }];
    const marks = [];
    if (r.valDataLoss) {
      series.push({ label: "validation", values: r.valDataLoss, color: color("val") });
    }
    if (r.valDataLoss && r.epoch.length > 1) {
      const text = "least validation loss: epoch " + r.epoch[r.best];
      marks.push({ epoch: r.epoch[r.best], value: r.valDataLoss[r.best], text, short: "least: " + r.epoch[r.best], line: 0 });
    }
    if (r.kept != null && !(r.valDataLoss && r.kept === r.epoch[r.best])) {
      marks.push({ epoch: r.kept, text: "weights kept: epoch " + r.kept, short: "kept: " + r.kept, line: 1 });
    }
    plot(i === 0 ? "loss-run" : "loss-twin", r.epoch, series,
      { range, log: useLog, epochs: epochRange(), format: number, marks, sync: "losses" });
  });
}

function drawZeros() {
  const shares = data.layers.map((l, i) => run.layerZeros[i].map(z => 100 * z / l.weights));
  const top = largest(finite(shares));
  const dashes = [undefined, [8, 4], [2, 3], [8, 3, 2, 3]];
  plot("zeros", run.epoch, data.layers.map((l, i) => ({
    label: l.name,
    values: shares[i],
    color: color("layer-" + i % 6),
    dash: dashes[i % dashes.length],
  })), {
    // All of 0 to 100 % unless that would leave nothing to see.
    range: [0, top > 20 ? 100 : top > 0 ? top * 1.2 : 1],
    epochs: ownEpochs(),
    format: v => percent(v / 100),
    tick: v => tick(v) + "\u00a0%",
    sync: "zeros",
  });
}

const ownEpochs = () =>
  epochs === 1 ? [run.epoch[0] - 0.5, run.epoch[0] + 0.5] : [run.epoch[0], run.epoch.at(-1)];

function drawPenalty() {
  plot("penalty", run.epoch, [{ label: "penalty", values: run.penalty, color: color("layer-3") }], {
    range: [0, (largest(run.penalty) || 1) * 1.06],
    epochs: ownEpochs(),
    format: number,
    sync: "zeros",
  });
}
