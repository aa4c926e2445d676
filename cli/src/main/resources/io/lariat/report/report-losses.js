// The plots over epochs.

const [run, twin] = data.runs;
const epochs = run.epoch.length;

/** The axis of the epochs that these runs span, with room around a single one. */
function epochAxis(runs) {
  const all = finite(runs.map(r => r.epoch));
  const first = Math.min(...all), last = Math.max(...all);
  return { label: "epoch", whole: true, range: first === last ? [first - 0.5, last + 0.5] : [first, last] };
}

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
      marks.push({ x: r.epoch[r.best], value: r.valDataLoss[r.best], text, short: "least: " + r.epoch[r.best], line: 0 });
    }
    if (r.kept != null && !(r.valDataLoss && r.kept === r.epoch[r.best])) {
      marks.push({ x: r.kept, text: "weights kept: epoch " + r.kept, short: "kept: " + r.kept, line: 1 });
    }
    plot(i === 0 ? "loss-run" : "loss-twin", r.epoch, series,
      { range, log: useLog, x: epochAxis(data.runs), format: number, marks, sync: "losses" });
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
    x: epochAxis([run]),
    format: v => percent(v / 100),
    tick: v => tick(v) + "\u00a0%",
    sync: "zeros",
  });
}

function drawPenalty() {
  plot("penalty", run.epoch, [{ label: "penalty", values: run.penalty, color: color("layer-3") }], {
    range: [0, (largest(run.penalty) || 1) * 1.06],
    x: epochAxis([run]),
    format: number,
    sync: "zeros",
  });
}
