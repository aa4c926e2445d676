// The plots of a path: a line for each feature, and what cross-validation says of each lambda.

/** So many lines have a name and a colour of their own; the others are thin and grey. */
const NAMED = 10;

/** Room for the names, at the side where all features are in. */
const NAME_WIDTH = 152;

const shortName = name => name.length > 20 ? name.slice(0, 19) + "\u2026" : name;
const lineColor = i => color("layer-" + i % 5);
const lineDash = i => i < 5 ? undefined : [6, 4];

const lambdaRange = () => {
  const first = data.lambdas[0], last = data.lambdas.at(-1);
  return first === last ? [first / 2, last * 2] : [first / 1.08, last * 1.08];
};

/** The lambdas that the rules choose; with a curve's values, rings on it and no numbers beside. */
const ruleMarks = (values, ring) => data.rules.map((r, i) => ({
  x: data.lambdas[r.index],
  value: values && values[r.index],
  text: values ? r.name : r.name + ": \u03bb = " + number(data.lambdas[r.index]),
  short: r.name,
  line: i,
  ring,
}));

/** The names beside the ends of the first lines, apart from each other. */
function nameLines(u, lines) {
  const c = u.ctx;
  const ratio = devicePixelRatio;
  const gap = 15 * ratio;
  const top = u.bbox.top + gap / 2, bottom = u.bbox.top + u.bbox.height - gap / 2;
  const x = u.valToPos(data.lambdas[0], "x", true);
  const names = lines.map((line, i) => ({ line, i, end: u.valToPos(line.values[0], "y", true) }))
    .sort((a, b) => a.end - b.end);
  // Down from the top, each at least a line below the one before; then up again from the bottom.
  let at = top - gap;
  for (const n of names) n.y = at = Math.max(n.end, at + gap);
  at = bottom + gap;
  for (const n of names.toReversed()) n.y = at = Math.min(n.y, at - gap);
  c.save();
  c.font = 12 * ratio + "px system-ui, sans-serif";
  c.textAlign = "right";
  c.textBaseline = "middle";
  for (const n of names) {
    c.strokeStyle = c.fillStyle = lineColor(n.i);
    c.lineWidth = ratio;
    c.beginPath();
    c.moveTo(x - 2 * ratio, n.end);
    c.lineTo(x - 14 * ratio, n.y);
    c.stroke();
    c.fillText(shortName(n.line.name), x - 17 * ratio, n.y);
  }
  c.restore();
}

function drawTraces() {
  data.outputs.forEach((output, k) => {
    const id = "trace-" + k;
    const named = output.lines.slice(0, NAMED);
    const all = finite((named.length > 0 ? named : output.lines).map(l => l.values));
    const low = all.reduce((a, b) => Math.min(a, b), 0), high = largest(all) || (low < 0 ? 0 : 1);
    const room = 0.04 * (high - low);
    const [min, max] = lambdaRange();
    const share = named.length === 0 ? 0 : Math.min(0.5, NAME_WIDTH / Math.max(240, byId(id).clientWidth - 54));
    const series = output.lines.map((line, i) => ({
      label: line.name,
      values: line.values,
      color: i < NAMED ? lineColor(i) : color("line"),
      dash: i < NAMED ? lineDash(i) : undefined,
      width: i < NAMED ? 1.75 : 1,
    })).toReversed(); // the named ones on top
    plot(id, data.lambdas, series.length > 0 ? series : [{ label: "none", values: data.lambdas.map(() => 0), color: color("line") }], {
      x: { label: "\u03bb", log: true, range: [min * (min / max) ** (share / (1 - share)), max], format: tick },
      range: [low < 0 ? low - room : 0, high + room],
      format: number,
      legend: false,
      marks: ruleMarks(),
      overlay: u => nameLines(u, named),
    });
  });
}

function drawCurves() {
  const x = {
    label: "\u03bb", log: true, format: tick, range: lambdaRange(),
    rest: data.chosen == null ? undefined : { index: data.chosen, text: tick(data.lambdas[data.chosen]) + " (chosen)" },
  };
  const series = [{ label: "training", values: data.training, color: color("train"), dash: [6, 4] }];
  if (data.loss) series.push({ label: "validation", values: data.loss, errors: data.error, color: color("val"), points: true });
  const ends = data.loss ? data.loss.map((v, i) => v + data.error[i]) : [];
  plot("loss", data.lambdas, series,
    { x, range: commonRange([...data.training, ...ends], false), format: number, marks: ruleMarks(data.loss), sync: "lambdas" });
  plot("features", data.lambdas, [{ label: "features", values: data.features, color: color("layer-2") }],
    { x, range: [0, (largest(data.features) || 1) * 1.06], format: count, marks: ruleMarks(data.features, color("layer-2")), sync: "lambdas" });
}
