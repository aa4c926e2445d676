package io.lariat.model;

import io.lariat.backend.ElementLoss;
import io.lariat.backend.Poisson;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Target;
import io.lariat.internal.text.NumberText;
import java.util.Locale;

/** One output, the mean of a count or a rate, by the Poisson deviance. */
final class PoissonHead extends NumberHead {
  private static final Metric DEVIANCE = new Metric("deviance", "deviance", false, false);

  PoissonHead() {
    super("poisson", new Poisson(), DEVIANCE, "Poisson loss", "Poisson loss");
  }

  /** Counts mean what they are. */
  @Override
  public boolean standardizesTarget() {
    return false;
  }

  @Override
  public void requireTargets(Dataset data) {
    for (int i = 0; i < data.rows(); i++) {
      if (!(data.target(i) >= 0)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: the target of row %d is %s, and a Poisson target is a count or a rate, at"
                    + " least 0; use --task regression, or correct the row",
                data.source(),
                i + 1,
                NumberText.of(data.target(i))));
      }
    }
  }

  @Override
  double metric(double[] outputs, double[] targets) {
    ElementLoss loss = (ElementLoss) loss();
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      sum += loss.metric(Math.log(outputs[i]), targets[i]);
    }
    return sum / targets.length;
  }

  @Override
  public String describe(Target target) {
    return target.name() + " (a count or a rate; the output is its mean)";
  }
}
