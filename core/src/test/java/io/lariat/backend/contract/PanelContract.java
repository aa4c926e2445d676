package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.PanelProducts;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What all {@link PanelProducts} must do: the bits that the interface states, element by element,
 * and no other element touched.
 */
public abstract class PanelContract {
  private static final double SENTINEL = 12345.678;

  /** Around each result: what lies there stays. */
  private static final int MARGIN = 13;

  private static final int LANES = PanelProducts.LANES;

  private final SplittableRandom random = new SplittableRandom(20);

  /** The products under test. */
  protected abstract PanelProducts open();

  /** Shapes on either side of every tile, strip, piece and block. */
  @ParameterizedTest
  @CsvSource({
    "0, 3, 8",
    "3, 0, 8",
    "2, 2, 0",
    "1, 1, 8",
    "1, 1, 1024",
    "2, 3, 16",
    "3, 5, 24",
    "4, 4, 504",
    "4, 4, 512",
    "5, 7, 520",
    "6, 6, 56",
    "7, 9, 40",
    "8, 4, 64",
    "9, 66, 32",
    "67, 68, 16",
    "1, 71, 88",
    "71, 1, 88",
    "130, 3, 8",
    "3, 131, 8",
    "6, 9, 1544",
    "13, 14, 5128"
  })
  void innerProductsHaveTheStatedBits(int rows, int columns, int length) {
    double[] a = numbers(rows * length);
    double[] b = numbers(columns * length);
    requireInner(a, rows, b, columns, length);
    requireInner(a, rows, a, Math.min(rows, columns), length);
    requireSymmetric(a, scaled(a, rows, length), rows, length);
    requireSymmetric(a, a, rows, length);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 8",
    "3, 0, 8",
    "2, 2, 0",
    "1, 1, 8",
    "1, 9, 1024",
    "2, 3, 16",
    "3, 5, 24",
    "4, 4, 40",
    "5, 70, 520",
    "6, 64, 512",
    "6, 1, 8",
    "7, 9, 48",
    "9, 66, 32",
    "10, 2, 96",
    "13, 14, 136"
  })
  void combinationsHaveTheStatedBits(int rows, int columns, int length) {
    requireCombinations(numbers(rows * columns), rows, numbers(columns * length), columns, length);
  }

  @Test
  void nothingIsLostAmongNumbers() {
    for (double special : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.0, 1e308}) {
      for (int at = 0; at < 7 * 24; at += 5) {
        double[] a = numbers(7 * 24);
        a[at] = special;
        double[] b = new double[6 * 24]; // zero times infinity is NaN, too
        requireInner(a, 7, b, 6, 24);
        requireInner(b, 6, a, 7, 24);
        requireSymmetric(a, a, 7, 24);
        requireCombinations(numbers(7 * 7), 7, a, 7, 24);
        requireCombinations(a, 7, numbers(24 * 8), 24, 8);
        requireCombinations(a, 7, new double[24 * 8], 24, 8);
      }
    }
  }

  @Test
  void aLengthThatIsNoMultipleIsRefused() {
    PanelProducts products = open();
    double[] x = new double[24];
    assertThatThrownBy(() -> products.addInner(x, 1, x, 1, 12, new double[1], 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "vectors of a panel: their length is a multiple of 8, not 12; fill them up with zeros");
    assertThatThrownBy(() -> products.addSymmetric(x, x, 1, 4, new double[1], 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> products.addCombinations(x, 1, x, 1, 9, new double[9]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void requireInner(double[] a, int rows, double[] b, int columns, int length) {
    int stride = columns + 3;
    double[] found = result(rows, stride);
    double[] expected = found.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        expected[MARGIN + i * stride + j] += inner(a, i * length, b, j * length, length);
      }
    }
    open().addInner(a, rows, b, columns, length, found, MARGIN, stride);
    requireSame(found, expected);
  }

  private void requireSymmetric(double[] a, double[] b, int rows, int length) {
    int stride = rows + 1;
    double[] found = result(rows, stride);
    double[] expected = found.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= i; j++) {
        expected[MARGIN + i * stride + j] += inner(a, i * length, b, j * length, length);
      }
    }
    open().addSymmetric(a, b, rows, length, found, MARGIN, stride);
    requireSame(found, expected);
  }

  private void requireCombinations(double[] w, int rows, double[] x, int columns, int length) {
    double[] found = numbers(rows * length);
    double[] expected = found.clone();
    for (int i = 0; i < rows; i++) {
      for (int r = 0; r < length; r++) {
        double sum = found[i * length + r];
        for (int j = 0; j < columns; j++) {
          sum = Math.fma(w[i * columns + j], x[j * length + r], sum);
        }
        expected[i * length + r] = sum;
      }
    }
    open().addCombinations(w, rows, x, columns, length, found);
    requireSame(found, expected);
  }

  /** Eight partial sums, and their sum, as the interface states them. */
  private static double inner(double[] a, int i, double[] b, int j, int length) {
    double[] s = new double[LANES];
    for (int r = 0; r < length; r++) {
      s[r % LANES] = Math.fma(a[i + r], b[j + r], s[r % LANES]);
    }
    return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
  }

  private static void requireSame(double[] found, double[] expected) {
    assertThat(Arrays.stream(found).mapToLong(Double::doubleToLongBits).toArray())
        .isEqualTo(Arrays.stream(expected).mapToLong(Double::doubleToLongBits).toArray());
  }

  /** Memory for a result, with numbers that are to be added to and a margin. */
  private double[] result(int rows, int stride) {
    double[] c = numbers(MARGIN + rows * stride + MARGIN);
    Arrays.fill(c, 0, MARGIN, SENTINEL);
    Arrays.fill(c, c.length - MARGIN, c.length, SENTINEL);
    return c;
  }

  private static double[] scaled(double[] a, int rows, int length) {
    double[] b = new double[a.length];
    for (int i = 0; i < rows * length; i++) {
      b[i] = a[i] * (1 + i % length);
    }
    return b;
  }

  private double[] numbers(int count) {
    return random.doubles(count, -1, 1).toArray();
  }
}
