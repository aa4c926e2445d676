// Key figures, settings and notes; the width of labels beside bars.

function fillTiles() {
  for (const tile of data.tiles) {
    const div = byId("tiles").appendChild(element("div", null, "tile"));
    div.append(element("dt", tile.label), element("dd", tile.value, "value"));
    for (const line of tile.details) div.append(element("dd", line));
  }
}

function fillSettings() {
  const body = byId("settings").appendChild(element("tbody"));
  for (const [name, value] of data.settings) row(body, [rowHeader(name), value]);
  for (const note of data.notes) byId("notes").append(element("li", note));
  byId("settings-card").hidden = data.settings.length === 0;
  byId("notes-card").hidden = data.notes.length === 0;
  byId("about-run").classList.toggle("single", data.settings.length === 0 || data.notes.length === 0);
}

const ruler = element("canvas").getContext("2d");

/** The width of the longest label, but no more than most. */
function labelWidth(labels, size, most) {
  ruler.font = size + " " + getComputedStyle(document.body).fontFamily;
  return Math.min(most, labels.reduce((w, label) => Math.max(w, ruler.measureText(label).width), 30));
}
