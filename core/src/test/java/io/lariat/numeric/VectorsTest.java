package io.lariat.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VectorsTest {

  private static BigDecimal exactDot(double[] a, double[] b) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < a.length; i++) {
      sum = sum.add(new BigDecimal(a[i]).multiply(new BigDecimal(b[i])));
    }
    return sum;
  }

  /** Higham 2002, section 3.1: the error is at most {@code n u / (1 - n u) sum |a_i b_i|}. */
  @Test
  void everyDotIsWithinTheErrorOfASum() {
    SplittableRandom random = new SplittableRandom(38);
    for (int n = 0; n < 40; n++) {
      double[] a = random.doubles(n, -1, 1).toArray();
      double[] b = random.doubles(n, -1, 1).toArray();
      double size = 0;
      for (int i = 0; i < n; i++) {
        size += Math.abs(a[i] * b[i]);
      }
      double expected = exactDot(a, b).doubleValue();
      double bound = (n + 1) * 0x1p-53 * size;
      assertThat(Vectors.dot(a, b)).as("fused, %d", n).isCloseTo(expected, within(bound));
      assertThat(Vectors.roundedDot(a, b)).as("rounded, %d", n).isCloseTo(expected, within(bound));
      assertThat(Vectors.dotInOrder(a, b)).as("in order, %d", n).isCloseTo(expected, within(bound));
    }
  }

  /** {@code (1 + e)(1 - e) = 1 - e^2}: rounded alone it is 1, fused with -1 it is -e^2. */
  @Test
  void productsAreFusedOrRoundedAsTheNamesSay() {
    double e = 0x1p-30;
    double[] a = {-1, 0, 0, 0, 1 + e};
    double[] b = {1, 0, 0, 0, 1 - e};
    assertThat(Vectors.dot(a, b)).isEqualTo(-0x1p-60);
    assertThat(Vectors.roundedDot(a, b)).isZero();
    assertThat(Vectors.dotInOrder(a, b)).isZero();
    double[] fused = {-1};
    double[] rounded = {-1};
    Vectors.addScaled(1 + e, new double[] {1 - e}, fused);
    Vectors.addRounded(1 + e, new double[] {1 - e}, rounded);
    assertThat(fused).containsExactly(-0x1p-60);
    assertThat(rounded).containsExactly(0);
  }

  @Test
  void theSoftThresholdIsAPositiveZeroAndLeavesNaN() {
    assertThat(Vectors.softThreshold(3, 1)).isEqualTo(2);
    assertThat(Vectors.softThreshold(-3, 1)).isEqualTo(-2);
    assertThat(Double.doubleToRawLongBits(Vectors.softThreshold(-0.5, 1))).isZero();
    assertThat(Vectors.softThreshold(Double.NaN, 1)).isNaN();
  }

  @Test
  void whatAFloatCannotTellFromZeroIsFlushed() {
    double least = Float.MIN_NORMAL;
    double[] a = {-0.0, least / 2, -least, 1};
    Vectors.flush(a, 0, 3);
    assertThat(a).containsExactly(0.0, 0, -least, 1);
    assertThat(Double.doubleToRawLongBits(a[0])).isZero();
    assertThat(Vectors.zeros(a, 4)).isEqualTo(2);
    assertThat(Vectors.zeros(a, 1)).isEqualTo(1);
  }
}
