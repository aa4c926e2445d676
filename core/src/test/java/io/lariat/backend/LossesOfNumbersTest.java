package io.lariat.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Losses of numbers against SciPy 1.17 and scikit-learn 1.2, which computed what is expected. */
class LossesOfNumbersTest {
  private static final double[] Z = {-1, 0.5, 1.2, 0.1, 1.7, 0.9};
  private static final double[] Y = {0, 1, 3, 0, 7, 2.5};

  /** {@code scipy.special.huber(delta, z - y)}. */
  @Test
  void huberIsThatOfScipy() {
    assertValues(new Huber(1), 0.5, 0.125, 1.3, 0.005, 4.8, 1.1);
    assertValues(new Huber(0.35), 0.28875, 0.11375, 0.56875, 0.005, 1.79375, 0.49875);
  }

  /** {@code sklearn.metrics.mean_pinball_loss(y, z, alpha=0.9)}, row by row. */
  @Test
  void quantileIsThatOfScikitLearn() {
    assertValues(new Quantile(0.9), 0.9, 0.45, 1.62, 0.01, 4.77, 1.44);
  }

  /** {@code sklearn.metrics.mean_poisson_deviance(y, exp(z))}, row by row. */
  @Test
  void poissonDevianceIsThatOfScikitLearn() {
    double[] deviances = {
      0.7357588823428848,
      0.2974425414002564,
      0.031907577481753435,
      2.2103418361512954,
      0.3906368702287857,
      0.000659881684674346
    };
    Poisson poisson = new Poisson();
    for (int i = 0; i < Z.length; i++) {
      assertThat(poisson.metric(Z[i], Y[i])).isCloseTo(deviances[i], within(1e-14));
      assertThat(poisson.value(Z[i], Y[i])).isCloseTo(deviances[i] / 2, within(1e-14));
    }
  }

  @Test
  void slopesAndCurvaturesAreThoseOfFiniteDifferences() {
    double h = 1e-4;
    for (ElementLoss loss : losses()) { // none of them at a kink or at Huber's delta
      for (int i = 0; i < Z.length; i++) {
        double p = loss.activation().value(Z[i]);
        double above = loss.value(Z[i] + h, Y[i]);
        double below = loss.value(Z[i] - h, Y[i]);
        double slope = (above - below) / (2 * h);
        double curvature = (above - 2 * loss.value(Z[i], Y[i]) + below) / (h * h);
        assertThat(loss.slope(p, Y[i])).as("%s", loss).isCloseTo(slope, within(1e-7));
        assertThat(loss.curvature(p, Y[i])).as("%s", loss).isCloseTo(curvature, within(1e-6));
      }
    }
  }

  /** No logit nearby has a lower sum. */
  @Test
  void constantsAreLeast() {
    SplittableRandom random = new SplittableRandom(5);
    double[] y = random.doubles(41, 0, 9).toArray();
    for (ElementLoss loss : losses()) {
      double best = loss.constant(y);
      for (double other : new double[] {best - 1e-3, best + 1e-3, best - 1, best + 1}) {
        assertThat(sum(loss, y, best)).as("%s", loss).isLessThanOrEqualTo(sum(loss, y, other));
      }
    }
    assertThat(new Poisson().constant(new double[] {0, 0})).isFinite();
    assertThat(new Huber(1).constant(new double[] {3, 3, 3})).isEqualTo(3);
  }

  private static double sum(ElementLoss loss, double[] y, double z) {
    return Arrays.stream(y).map(target -> loss.value(z, target)).sum();
  }

  /** {@code growth L(z, y) = L.inUnits(units)(units z, units y)}. */
  @Test
  void lossesGrowWithTheUnits() {
    for (ElementLoss loss : List.of(new MeanSquaredError(), new Huber(0.7), new Quantile(0.2))) {
      ElementLoss larger = (ElementLoss) loss.inUnits(40);
      for (int i = 0; i < Z.length; i++) {
        assertThat(larger.value(40 * Z[i], 40 * Y[i]))
            .isCloseTo(loss.growth(40) * loss.value(Z[i], Y[i]), within(1e-9));
      }
    }
  }

  @Test
  void numbersThatMakeNoLossAreRefused() {
    for (double delta : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-50}) {
      assertThatThrownBy(() -> new Huber(delta))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("huber: expected a delta above 0 that is a float, found " + delta);
    }
    for (double level : new double[] {0, 1, -0.5, 1.5, Double.NaN}) {
      assertThatThrownBy(() -> new Quantile(level))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("quantile: expected a level above 0 and below 1, found " + level);
    }
    assertThatThrownBy(() -> new Poisson().with(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("loss: poisson has no number, found 1.0");
  }

  @Test
  void nanStaysNan() {
    for (ElementLoss loss : losses()) {
      assertThat(loss.value(Double.NaN, 1)).as("%s", loss).isNaN();
      assertThat(loss.slope(Double.NaN, 1)).as("%s", loss).isNaN();
      assertThat(loss.metric(Double.NaN, 1)).as("%s", loss).isNaN();
    }
  }

  private static List<ElementLoss> losses() {
    return List.of(new MeanSquaredError(), new Huber(0.95), new Poisson(), new Quantile(0.9));
  }

  private static void assertValues(ElementLoss loss, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(loss.value(Z[i], Y[i])).isCloseTo(expected[i], within(1e-14));
    }
  }
}
