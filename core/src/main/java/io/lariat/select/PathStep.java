package io.lariat.select;

/**
 * A step of the path from dense to sparse.
 *
 * @param lambda the penalty's strength, on the scale of the mean loss
 * @param norms for each input column the norm of its weights in the first kernel, times its
 *     deviation: the features were standardised; 0 once it has left
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PathStep(double lambda, double[] norms) {

  /** How many columns have weights. */
  public int alive() {
    int alive = 0;
    for (double norm : norms) {
      alive += norm > 0 ? 1 : 0;
    }
    return alive;
  }
}
