// Puts the training into the page.

const penalized = data.layers.some(l => l.penalized);

function drawAll() {
  if (epochs > 0 || twin && twin.epoch.length > 0) drawLosses();
  if (epochs > 0) {
    drawZeros();
    if (penalized) drawPenalty();
  }
  fillBars();
  if (heat) {
    drawHeat();
    drawHeatScale();
  }
}

function arrange() {
  byId("twin").hidden = !twin;
  byId("losses").classList.toggle("single", !twin);
  byId("log-switch").hidden = epochs === 0;
  byId("verdict").hidden = byId("verdict").textContent === "";
  byId("penalty-card").hidden = !penalized;
  byId("penalty-card").parentElement.classList.toggle("single", !penalized);
  byId("group-switch").hidden = !data.features.group;
  byId("heat-card").hidden = !heat;
  byId("inputs").classList.toggle("single", !heat);
  for (const id of ["zeros", "penalty"]) byId(id).parentElement.hidden ||= epochs === 0;
}

fillLayers();
fillUnused();
noteCut();
if (data.runs.some(r => r.epoch.length > 0)) fillEpochs();
arrange();
if (heat) decodeHeat();
const drawAgain = present(drawAll);
byId("log").addEventListener("change", drawAgain);
byId("group").addEventListener("change", fillBars);
byId("bars-all").addEventListener("click", () => { allBars = !allBars; fillBars(); });
if (heat) byId("heat").querySelector("canvas").addEventListener("pointermove", hoverHeat);
