package io.lariat.train;

import io.lariat.backend.Penalty;
import io.lariat.backend.UpdateRule;

/**
 * The numbers that may vary from step to step, as {@link UpdateRule} has them.
 *
 * @param a scales the step
 * @param b scales the threshold
 * @param lasso what l1 and the group penalty are multiplied by
 * @param ridge what l2 is multiplied by
 * @param decay the share of itself that each weight loses
 */
record StepRates(double a, double b, double lasso, double ridge, double decay) {

  /** As a backend has them. */
  void copyTo(float[] rates) {
    rates[0] = (float) a;
    rates[1] = (float) b;
    rates[2] = (float) lasso;
    rates[3] = (float) ridge;
    rates[4] = (float) (lasso - rates[2]);
    rates[5] = (float) (ridge - rates[3]);
    rates[6] = (float) decay;
  }

  /** What {@code penalty} is at these strengths. */
  Penalty inForce(Penalty penalty) {
    return penalty.times(lasso, ridge);
  }
}
