// Puts all of it into the page, and draws again when the page changes.

function drawAll() {
  for (const { u, container } of plots) {
    u.destroy();
    container.replaceChildren();
  }
  plots.length = 0;
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

const penalized = data.layers.some(l => l.penalized);

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
  byId("epochs-details").hidden = data.runs.every(r => r.epoch.length === 0);
  for (const id of ["zeros", "penalty"]) byId(id).parentElement.hidden ||= epochs === 0;
}

function listen() {
  byId("log").addEventListener("change", drawAll);
  byId("group").addEventListener("change", fillBars);
  byId("bars-all").addEventListener("click", () => { allBars = !allBars; fillBars(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  if (heat) {
    const canvas = byId("heat").querySelector("canvas");
    canvas.addEventListener("pointermove", hoverHeat);
  }
  let width = innerWidth;
  window.addEventListener("resize", () => {
    if (innerWidth !== width && !root.classList.contains("printing")) {
      width = innerWidth;
      drawAll();
    }
  });
  // On paper: light colours and the paper's width, whatever the screen has.
  const paper = yes => { root.classList.toggle("printing", yes); drawAll(); };
  window.addEventListener("beforeprint", () => paper(true));
  window.addEventListener("afterprint", () => paper(false));
}

fillTiles();
fillLayers();
fillUnused();
noteCut();
fillEpochs();
fillSettings();
arrange();
if (heat) decodeHeat();
drawAll();
listen();
// uPlot draws in a microtask, so by the next task all plots have been drawn; a test waits for this.
// Not a frame: a browser without a window may make none.
setTimeout(() => { root.dataset.drawn = String(plots.length); });
