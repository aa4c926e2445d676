// Puts the selection into the page.

/** Selected columns that the legend names. */
const MOST_NAMED = 12;

function drawPath() {
  const { lambdas, lines } = data.path;
  const last = lambdas.at(-1);
  const threshold = lambdas.findLastIndex(v => v <= data.lambda * (1 + 1e-6));
  const dashes = [undefined, [8, 4], [2, 3], [8, 3, 2, 3]];
  const curves = lines.map((values, i) => ({
    label: data.features[i].name,
    values: values.map((v, k) => v === 0 && values[k - 1] === 0 ? null : v), // ends where it reaches 0
    selected: data.features[i].selected,
  }));
  const faint = s => ({ ...s, color: color("muted"), alpha: 0.45, width: 1, unlisted: true });
  const listed = (s, i) => i >= MOST_NAMED
    ? { ...s, color: color("bar"), width: 1, unlisted: true }
    : { ...s, color: color("layer-" + i % 6), dash: dashes[Math.floor(i / 6) % dashes.length] };
  const series = [...curves.filter(s => !s.selected).map(faint), ...curves.filter(s => s.selected).map(listed)];
  plot("path", lambdas, series, {
    x: { label: "λ", log: true, format: tick, range: [lambdas[0] / 1.05, last * 1.05], format: v => tick(+v.toPrecision(3)), rest: { index: threshold, text: tick(+data.lambda.toPrecision(3)) + " (threshold)" } },
    range: [0, (largest(finite(lines)) || 1) * 1.06],
    format: number,
    marks: [{ x: data.lambda, text: "threshold", short: "threshold", line: 0 }],
  });
}

const hasPath = data.path.lambdas.length > 1;
byId("selected-card").hidden = chosen.length === 0;
byId("none").hidden = chosen.length > 0;
byId("h-path").parentElement.hidden = !hasPath;
byId("h-stability").parentElement.hidden = data.threshold == null;
const left = data.features.length - data.path.lines.length;
byId("path-note").textContent = left > 0
  ? "Drawn are the " + count(data.path.lines.length) + " columns of the best ranks; " + count(left) + " more are in the table of all columns." : "";
if (chosen.length > 0) fillFeatures("selected", chosen, []);
fillFeatures("all", data.features, [["selected", f => f.selected ? "yes" : ""]]);
present(() => {
  if (hasPath) drawPath();
  if (data.threshold != null) fillFrequencies();
});
byId("frequencies-all").addEventListener("click", () => { allFrequencies = !allFrequencies; fillFrequencies(); });
