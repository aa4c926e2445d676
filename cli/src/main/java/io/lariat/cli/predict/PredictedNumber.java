package io.lariat.cli.predict;

import io.lariat.data.Standardization;
import io.lariat.model.Model;
import org.jspecify.annotations.Nullable;

/**
 * How a model's outputs are written: with the digits that its arithmetic gives, and no more. A
 * network's own outputs are floats, or doubles if the model keeps its weights as such. A target
 * that was standardised is known to a float's part of its deviation, wherever it is: of 100000.04
 * with a deviation of 0.003 ten decimals are.
 */
final class PredictedNumber {
  /** The distance of floats near 1. */
  private static final double FLOAT = 0x1p-24;

  /** Whole numbers up to this are doubles. */
  private static final double EXACT = 0x1p53;

  private static final int MOST_DECIMALS = 22;
  private static final double GREATEST_POWER = 1e22;

  private final boolean isFloat;
  private final double power;

  private PredictedNumber(boolean isFloat, double power) {
    this.isFloat = isFloat;
    this.power = power;
  }

  /** Of the outputs of {@code model}. */
  static PredictedNumber of(Model model) {
    @Nullable Standardization target = model.targetStandardization();
    if (target == null) {
      boolean isNumber = model.schema().target().task().isNumber();
      boolean isDouble = isNumber && model.weights().isExact();
      return new PredictedNumber(!isDouble, Double.POSITIVE_INFINITY);
    }
    double decimals = Math.ceil(-Math.log10(target.deviation(0) * FLOAT));
    return new PredictedNumber(false, Math.pow(10, Math.clamp(decimals, 0, MOST_DECIMALS + 1)));
  }

  /** The text of an output. */
  String text(double output) {
    if (isFloat) {
      return Float.toString((float) output);
    }
    double scaled = Math.rint(output * power);
    boolean isExact = Math.abs(scaled) <= EXACT && power <= GREATEST_POWER;
    return Double.toString(isExact ? scaled / power : output);
  }
}
