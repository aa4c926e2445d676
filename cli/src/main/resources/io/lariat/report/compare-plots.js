// The plots of a comparison: one of each kind for each regularization, all of a kind on one scale.

function drawLosses(log) {
  const range = commonRange(finite(data.rows.flatMap(r => [r.training, r.validation])), log);
  const last = Math.max(...data.rows.map(r => r.epoch.at(-1)));
  const x = { label: "epoch", whole: true, range: last === 1 ? [0.5, 1.5] : [1, last] };
  data.rows.forEach((r, i) => {
    const best = r.epoch[r.best];
    plot("loss-" + i, r.epoch, [
      { label: "training", values: r.training, color: color("train"), dash: [6, 4] },
      { label: "validation", values: r.validation, color: color("val") },
    ], {
      x, range, log: range[0] > 0, format: number, sync: "losses",
      marks: r.epoch.length > 1
        ? [{ x: best, value: r.validation[r.best], text: "least validation loss: epoch " + best, short: "least: " + best, line: 0 }] : [],
    });
  });
}

function drawLambdas(log) {
  const ends = choices.flatMap(r => r.losses.flatMap((v, i) => v == null ? [] : [v, v - r.deviations[i], v + r.deviations[i]]));
  const range = commonRange(ends, log);
  const all = choices.flatMap(r => r.lambdas);
  const x = { label: "λ", log: true, format: tick, range: [Math.min(...all) / 1.3, Math.max(...all) * 1.3] };
  choices.forEach((r, i) => {
    const chosen = r.lambdas.indexOf(r.lambda);
    const rest = chosen < 0 ? undefined : { index: chosen, text: tick(r.lambda) + " (chosen)" };
    plot("lambda-" + i, r.lambdas, [
      { label: "loss", values: r.losses, errors: r.deviations, color: color("val"), points: true },
    ], {
      x: { ...x, rest }, range, log: range[0] > 0, format: number, sync: "lambdas",
      marks: chosen < 0 ? [] : [{ x: r.lambda, value: r.losses[chosen], text: "chosen: " + tick(r.lambda), short: tick(r.lambda), line: 0 }],
    });
  });
}
