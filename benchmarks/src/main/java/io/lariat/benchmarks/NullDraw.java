package io.lariat.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A table drawn at random, column by column, each independent of all others. */
final class NullDraw {
  private final int rows;
  private final RandomGenerator random;
  private final List<String[]> columns = new ArrayList<>();

  NullDraw(int rows, long seed) {
    this.rows = rows;
    random = new SplittableRandom(seed);
  }

  /** Categories of {@code levels} equally frequent levels. */
  NullDraw even(int count, int levels) {
    return add(count, () -> "l" + random.nextInt(levels));
  }

  /** Categories of {@code levels} levels, the k-th with a frequency as 1/k. */
  NullDraw longTailed(int count, int levels) {
    double sum = 0;
    for (int k = 1; k <= levels; k++) {
      sum += 1.0 / k;
    }
    double total = sum;
    return add(
        count,
        () -> {
          double u = total * random.nextDouble();
          int k = 1;
          while (k < levels && u > 1.0 / k) {
            u -= 1.0 / k++;
          }
          return "l" + k;
        });
  }

  /** Numbers that are 1 with probability {@code share}, else 0. */
  NullDraw dummies(int count, double share) {
    return add(count, () -> random.nextDouble() < share ? "1" : "0");
  }

  /** Texts of two values, the rarer with probability {@code share}. */
  NullDraw rareTexts(int count, double share) {
    return add(count, () -> random.nextDouble() < share ? "yes" : "no");
  }

  /** Standard normal numbers. */
  NullDraw normal(int count) {
    return numbers(count, random::nextGaussian);
  }

  /** {@code exp(sigma z)}. */
  NullDraw lognormal(int count, double sigma) {
    return numbers(count, () -> Math.exp(sigma * random.nextGaussian()));
  }

  /** Student's t with {@code degrees} of freedom; with 1, Cauchy's distribution. */
  NullDraw student(int count, int degrees) {
    return numbers(
        count,
        () -> {
          double square = 0;
          for (int k = 0; k < degrees; k++) {
            double z = random.nextGaussian();
            square += z * z;
          }
          return random.nextGaussian() / Math.sqrt(square / degrees);
        });
  }

  /** Normal numbers of which one in a hundred is a thousand times too large. */
  NullDraw outliers(int count) {
    return numbers(
        count, () -> (random.nextInt(100) == 0 ? 1000 : 1) * (1 + random.nextGaussian()));
  }

  /** Counts, most of them 0. */
  NullDraw counts(int count) {
    return add(
        count,
        () ->
            Integer.toString(
                (int) (random.nextDouble() < 0.7 ? 0 : -3 * Math.log(random.nextDouble()))));
  }

  /** Classes of the given shares. */
  NullDraw classes(double... shares) {
    return add(
        1,
        () -> {
          double u = random.nextDouble();
          int k = 0;
          while (k < shares.length - 1 && u >= shares[k]) {
            u -= shares[k++];
          }
          return "c" + k;
        });
  }

  private NullDraw numbers(int count, Supplier<Double> value) {
    return add(count, () -> value.get().toString());
  }

  private NullDraw add(int count, Supplier<String> value) {
    for (int c = 0; c < count; c++) {
      String[] column = new String[rows];
      for (int i = 0; i < rows; i++) {
        column[i] = value.get();
      }
      columns.add(column);
    }
    return this;
  }

  /** The table as CSV; the last column is the target, {@code y}. */
  String csv() {
    StringBuilder csv = new StringBuilder();
    for (int c = 0; c < columns.size() - 1; c++) {
      csv.append('c').append(c).append(',');
    }
    csv.append("y\n");
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < columns.size(); c++) {
        csv.append(columns.get(c)[i]).append(c < columns.size() - 1 ? ',' : '\n');
      }
    }
    return csv.toString();
  }
}
