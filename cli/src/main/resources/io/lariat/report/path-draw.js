// Puts the path into the page.

function fillChosen() {
  const table = byId("chosen");
  row(table.appendChild(element("thead")), data.chosenColumns.map(name => header(name)));
  const body = table.appendChild(element("tbody"));
  for (const [name, ...cells] of data.chosenRows) row(body, [rowHeader(name, "name"), ...cells]);
}

function fillLambdas() {
  row(byId("all").appendChild(element("thead")), data.columns.map(name => header(name)));
  const body = byId("all").appendChild(element("tbody"));
  data.rows.forEach((cells, i) => {
    const tr = row(body, [rowHeader(cells[0]), ...cells.slice(1)]);
    if (data.lambdas.length - 1 - i === data.chosen) tr.className = "best";
  });
}

data.outputs.forEach((o, k) => card("traces", "trace-" + k, o.name, "", o.label, ""));
card("curves", "loss", data.loss ? "Data loss, with standard errors" : "Data loss of the training rows", "", data.lossLabel, "");
card("curves", "features", "Features used", "of " + count(data.all), "Number of features used for each lambda. All values are in the table of lambdas.", "");
fillChosen();
fillLambdas();
present(() => {
  drawTraces();
  drawCurves();
});
