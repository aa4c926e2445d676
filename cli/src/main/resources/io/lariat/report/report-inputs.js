// Bars of the inputs: names and sums of |w|.

const BARS = 40;
const CHIPS = 60;
let allBars = false;

/** What the bars show: inputs, or columns with the sums of their one-hot inputs. */
function bars() {
  const f = data.features;
  const single = f.names.map((name, i) => (
    { name, norm: f.norms[i], nonzero: f.nonzero[i], of: f.units, group: f.group ? f.group[i] : -1 }));
  if (!byId("group").checked) return single;
  const columns = [];
  const sums = new Map();
  for (const one of single) {
    if (one.group < 0) {
      columns.push(one);
    } else if (sums.has(one.group)) {
      const sum = sums.get(one.group);
      sum.norm += one.norm;
      sum.nonzero += one.nonzero;
    } else {
      const { name, width } = f.groups[one.group];
      const sum = { ...one, name: name + " (" + plural(width, "input") + ")", of: width * f.units };
      sums.set(one.group, sum);
      columns.push(sum);
    }
  }
  return columns.sort((a, b) => b.norm - a.norm);
}

function fillBars() {
  const table = byId("bars");
  table.replaceChildren();
  const all = bars();
  const shown = allBars ? all : all.slice(0, BARS);
  row(table.appendChild(element("thead")),
    [header("input", "name"), header(""), header("sum |w|", "sum"), header("not zero", "part")]);
  table.tHead.rows[0].cells[0].style.width =
    labelWidth(shown.map(b => b.name), "12.5px", table.parentElement.clientWidth * 0.38) + 12 + "px";
  const body = table.appendChild(element("tbody"));
  const top = all.length ? all[0].norm : 1;
  // The same number of decimals in all rows, so that the figures line up.
  const places = decimals(top, 4);
  const sum = v => v < 0.5 * 10 ** -places ? "<" + fixed(10 ** -places, places) : fixed(v, places);
  for (const { name, norm, nonzero, of } of shown) {
    const label = rowHeader(name, "name");
    label.title = name;
    const cell = element("td");
    const bar = cell.appendChild(element("div", null, "bar"));
    bar.style.width = 100 * norm / top + "%";
    const part = element("td", count(nonzero), "part");
    part.title = count(nonzero) + " of " + count(of) + " weights are not zero";
    row(body, [label, cell, element("td", sum(norm), "sum"), part]);
  }
  table.hidden = all.length === 0;
  const button = byId("bars-all");
  button.hidden = all.length <= BARS;
  button.textContent = allBars ? "Show the largest " + BARS : "Show all " + count(all.length);
}

function fillUnused() {
  const f = data.features;
  const unused = f.inputs - f.used;
  if (unused === 0) return;
  const place = byId("unused");
  place.append(element("p", "Not used (" + count(unused) + ")", "unused-title"));
  const list = place.appendChild(element("ul", null, "unused"));
  const add = names => names.forEach(name => { list.appendChild(element("li", name)).title = name; });
  add(f.unused.slice(0, CHIPS));
  if (f.unused.length > CHIPS) {
    const button = place.appendChild(element("button", "Show all " + count(f.unused.length)));
    button.type = "button";
    button.addEventListener("click", () => { add(f.unused.slice(CHIPS)); button.remove(); });
  }
}

function noteCut() {
  const f = data.features;
  const left = f.inputs - f.names.length - f.unused.length;
  if (left > 0) {
    byId("unused").append(element("p", count(left) + " more inputs are not listed, to keep this file small.", "finding"));
  }
}
