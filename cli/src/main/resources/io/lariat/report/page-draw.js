// Puts what all reports have into the page, draws its plots, and draws again when the page changes.

/** Draws all that depends on the page's width and colours; draw must leave the page as if called once. */
function present(draw) {
  fillTiles();
  fillSettings();
  byId("all-details").hidden = byId("all").tHead === null;
  const again = () => {
    for (const { u, container } of plots) {
      u.destroy();
      container.replaceChildren();
    }
    plots.length = 0;
    draw();
  };
  again();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  let width = innerWidth;
  window.addEventListener("resize", () => {
    if (innerWidth !== width && !root.classList.contains("printing")) {
      width = innerWidth;
      again();
    }
  });
  // On paper: light colours and the paper's width, whatever the screen has.
  const paper = yes => { root.classList.toggle("printing", yes); again(); };
  window.addEventListener("beforeprint", () => paper(true));
  window.addEventListener("afterprint", () => paper(false));
  // uPlot draws in a microtask, so by the next task all plots have been drawn; a test waits for this.
  // Not a frame: a browser without a window may make none.
  setTimeout(() => { root.dataset.drawn = String(plots.length); });
  return again;
}
