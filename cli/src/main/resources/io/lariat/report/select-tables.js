// Tables of a selection: the selected columns, all columns, and how often they are chosen.

const BARS = 30;
let allFrequencies = false;
const chosen = data.features.filter(f => f.selected);
const signed = data.features.some(f => f.sign !== 0);
const signs = { "-1": "\u2212", "0": "", "1": "+" };

/** Header, and how to write the cell, of each column; those that say nothing are left out. */
function featureColumns() {
  const columns = [["rank", f => count(f.rank)], ["importance", f => number(f.importance)]];
  if (data.threshold != null) columns.push(["frequency", f => percent(f.frequency)]);
  if (data.features.some(f => f.any != null)) columns.push(["or a stand-in", f => f.any == null ? "" : percent(f.any)]);
  columns.push(["leaves at λ", f => f.leavesAt == null ? "stays" : f.leavesAt === 0 ? "never in" : number(f.leavesAt)]);
  if (signed) columns.push(["sign", f => signs[f.sign]]);
  if (data.features.some(f => f.kept)) columns.push(["kept", f => f.kept ? "yes" : ""]);
  return columns;
}

function fillFeatures(id, features, extra) {
  const columns = [...featureColumns(), ...extra];
  const table = byId(id);
  row(table.appendChild(element("thead")), [header("column"), ...columns.map(([name]) => header(name))]);
  const body = table.appendChild(element("tbody"));
  for (const f of features) {
    const name = rowHeader(f.name, "long");
    name.title = f.name;
    row(body, [name, ...columns.map(([, write]) => write(f))]);
  }
}

function fillFrequencies() {
  const table = byId("frequencies");
  table.replaceChildren();
  const all = data.features.filter(f => f.frequency > 0).sort((a, b) => b.frequency - a.frequency || a.rank - b.rank);
  const shown = allFrequencies ? all : all.slice(0, BARS);
  row(table.appendChild(element("thead")), [header("column", "name"), header(""), header("share", "sum"), header("", "part")]);
  table.tHead.rows[0].cells[0].style.width =
    labelWidth(shown.map(f => f.name), "12.5px", table.parentElement.clientWidth * 0.38) + 12 + "px";
  const body = table.appendChild(element("tbody"));
  for (const f of shown) {
    const name = rowHeader(f.name, "name");
    name.title = f.name;
    const cell = element("td");
    const bar = cell.appendChild(element("div", null, (f.any ?? f.frequency) >= data.threshold - 1e-9 ? "bar" : "bar faint"));
    bar.style.width = 100 * f.frequency + "%";
    row(body, [name, cell, element("td", percent(f.frequency), "sum"), element("td", f.selected ? "selected" : "", "part")]);
  }
  const button = byId("frequencies-all");
  button.hidden = all.length <= BARS;
  button.textContent = allFrequencies ? "Show the first " + BARS : "Show all " + count(all.length);
}
