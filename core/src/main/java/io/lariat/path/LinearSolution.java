package io.lariat.path;

import java.util.Arrays;

/**
 * A linear model at one lambda, on the scale that it was trained on.
 *
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
    double lambda,
    double[] intercept,
    double[][] coefficients,
    double loss,
    double metric,
    double kkt) {

  /** How many coefficients are exactly zero. */
  public int zeros() {
    int zeros = 0;
    for (double[] output : coefficients) {
      for (double w : output) {
        zeros += w == 0 ? 1 : 0;
      }
    }
    return zeros;
  }

  /** How many features have a coefficient that is not zero. */
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

  /** The scores {@code [outputs][rows]} of {@code data}, standardised as the training was. */
  double[][] scores(DesignMatrix data) {
    double[][] z = new double[coefficients.length][data.rows()];
    for (int k = 0; k < z.length; k++) {
      Arrays.fill(z[k], intercept[k]);
      for (int j = 0; j < data.x.length; j++) {
        if (coefficients[k][j] != 0) {
          QuadraticLasso.add(coefficients[k][j], data.x[j], z[k]);
        }
      }
    }
    return z;
  }
}
