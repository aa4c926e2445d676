// Puts the comparison into the page.

// Those with a lambda to choose; on a logarithmic axis there is no place for 0.
const choices = data.rows.filter(r => r.lambdas.length > 0);

function fillRows() {
  const table = byId("rows");
  row(table.appendChild(element("thead")), data.columns.map(name => header(name)));
  const body = table.appendChild(element("tbody"));
  for (const r of data.rows) row(body, [rowHeader(r.name), ...r.cells]);
}

function fillEpochs() {
  const head = byId("all").appendChild(element("thead"));
  row(head, [header("epoch", "", 1, 2), ...data.rows.map(r => header(r.name, "span first", 2))]);
  row(head, data.rows.flatMap(() => [header("training data loss", "first"), header("validation data loss")]));
  const body = byId("all").appendChild(element("tbody"));
  const longest = data.rows.reduce((a, b) => b.epoch.length > a.epoch.length ? b : a);
  longest.epoch.forEach((epoch, e) => row(body, [
    rowHeader(count(epoch)),
    ...data.rows.flatMap(r => [r.training, r.validation].map((values, i) =>
      element("td", e < values.length ? number(values[e]) : "", i === 0 ? "first" : ""))),
  ]));
}

data.rows.forEach((r, i) => card("losses", "loss-" + i, r.name, r.setting, "Data loss over epochs, " + r.name + ". " + r.gap, r.gap));
choices.forEach((r, i) => card("lambdas", "lambda-" + i, r.name, "mean and deviation over the folds",
  "Loss of the validation folds for each lambda, " + r.name + ". " + r.choice, r.choice));
byId("h-lambda").parentElement.hidden = choices.length === 0;
fillRows();
fillEpochs();
const drawAgain = present(() => {
  const log = byId("log").checked;
  drawLosses(log);
  if (choices.length > 0) drawLambdas(log);
});
byId("log").addEventListener("change", drawAgain);
