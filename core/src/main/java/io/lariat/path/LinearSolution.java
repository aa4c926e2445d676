package io.lariat.path;

import io.lariat.internal.text.NumberText;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import io.lariat.numeric.Vectors;
import io.lariat.train.TrainingException;
import java.util.Arrays;

/**
 * A linear model at one lambda, on the scale that it was trained on.
 *
 * @param network without a hidden layer, with its penalty
 * @param lambda the penalty's strength
 * @param intercept one number an output
 * @param coefficients {@code [outputs][features]}; zeros are exact
 * @param loss the mean data loss of the rows trained on
 * @param metric their accuracy, or mean absolute error on the scale that was trained on
 * @param kkt the KKT residual: the most by which a condition of optimality is violated, {@code |g +
 *     lambda sign(w)|} where w is not zero, {@code |g| - lambda} where it is, {@code |g|} for
 *     intercepts and unpenalised columns
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LinearSolution(
    Network network,
    double lambda,
    double[] intercept,
    double[][] coefficients,
    double loss,
    double metric,
    double kkt)
    implements PathSolution {

  @Override
  public int zeros() {
    return Arrays.stream(coefficients).mapToInt(w -> Vectors.zeros(w, w.length)).sum();
  }

  @Override
  public int features() {
    int used = 0;
    for (int j = 0; j < coefficients[0].length; j++) {
      boolean uses = false;
      for (double[] output : coefficients) {
        uses |= output[j] != 0;
      }
      used += uses ? 1 : 0;
    }
    return used;
  }

  @Override
  public double[][] traces() {
    return coefficients;
  }

  @Override
  public Weights weights() {
    ParameterLayout layout = new ParameterLayout(network);
    double[] values = new double[layout.size()];
    int outputs = layout.out(0);
    for (int k = 0; k < outputs; k++) {
      values[layout.biasOffset(0) + k] = weight(intercept[k]);
      for (int j = 0; j < coefficients[k].length; j++) {
        values[j * outputs + k] = weight(coefficients[k][j]);
      }
    }
    return Weights.exact(layout, values);
  }

  private static double weight(double solved) {
    if (Float.isInfinite((float) solved)) {
      throw new TrainingException(
          "the solution has a weight of "
              + NumberText.of(solved)
              + ", beyond the range of floats; standardise, or rescale the target or the columns");
    }
    return Vectors.flush(solved);
  }

  /** The scores {@code [outputs][rows]} of {@code data}, standardised as the training was. */
  double[][] scores(DesignMatrix data) {
    double[][] z = new double[coefficients.length][data.rows()];
    for (int k = 0; k < z.length; k++) {
      Arrays.fill(z[k], intercept[k]);
      for (int j = 0; j < data.x().length; j++) {
        if (coefficients[k][j] != 0) {
          Vectors.addRounded(coefficients[k][j], data.x()[j], z[k]);
        }
      }
    }
    return z;
  }
}
