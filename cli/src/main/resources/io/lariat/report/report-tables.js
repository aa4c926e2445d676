// Tables of layers and of epochs.

const metric = v => data.metric === "accuracy" ? percent(v) : number(v);
const metricName = data.metric === "accuracy" ? "accuracy" : "MAE";

function fillLayers() {
  const table = byId("layers");
  const twins = data.layers.some(l => l.twinZeros != null);
  const groups = data.layers.some(l => l.group);
  row(table.appendChild(element("thead")), [
    "layer", "inputs", "units", "activation", "L1", "L2", ...(groups ? ["group L1"] : []), "dropout", "weights", "exact zeros", "share",
    ...(twins ? ["zeros " + twin.name] : []),
  ].map(t => header(t)));
  const body = table.appendChild(element("tbody"));
  for (const l of data.layers) {
    row(body, [
      rowHeader(l.name), count(l.inputs), count(l.units), l.activation, l.l1, l.l2, ...(groups ? [l.group ?? "0"] : []), l.dropout,
      count(l.weights), count(l.zeros), percent(l.zeros / l.weights), ...(twins ? [count(l.twinZeros)] : []),
    ]);
  }
}

/** The columns of a run in the table of epochs: header, values, how to write them. */
function epochColumns(r, full) {
  const columns = [["training data loss", r.dataLoss, number]];
  if (full) columns.push(["penalty", r.penalty, number]);
  columns.push(["training " + metricName, r.metric, metric]);
  if (r.valDataLoss) {
    columns.push(["validation data loss", r.valDataLoss, number], ["validation " + metricName, r.valMetric, metric]);
  }
  if (full) {
    columns.push(["exact zeros", r.zeros, count], ["features used", r.featuresUsed, count], ["seconds", r.seconds, number]);
  }
  return columns;
}

function fillEpochs() {
  const groups = data.runs.map((r, i) => ({ r, columns: epochColumns(r, i === 0) }));
  const head = byId("all").appendChild(element("thead"));
  row(head, [
    header("epoch", "", 1, 2),
    ...groups.map(g => header(g.r.name, "span first", g.columns.length)),
  ]);
  row(head, groups.flatMap(g => g.columns.map(([name], i) => header(name, i === 0 ? "first" : ""))));
  const body = byId("all").appendChild(element("tbody"));
  const longest = data.runs.reduce((a, b) => b.epoch.length > a.epoch.length ? b : a);
  longest.epoch.forEach((epoch, e) => {
    const cells = groups.flatMap(g => g.columns.map(([, values, write], i) =>
      element("td", e < values.length ? write(values[e]) : "", i === 0 ? "first" : "")));
    const tr = row(body, [rowHeader(count(epoch)), ...cells]);
    if (e === run.best) {
      tr.className = "best";
      tr.title = "least validation data loss " + run.name;
    }
  });
}
