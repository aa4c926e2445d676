package io.lariat.backend.contract;

import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random inputs from a seed that failure messages name. */
final class Sample {
  private static final String SEED_PROPERTY = "lariat.contract.seed";

  private final String test;
  private final int seed;
  private final RandomGenerator random;

  private Sample(String test, int seed) {
    this.test = test;
    this.seed = seed;
    this.random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(((long) test.hashCode() << 32) ^ seed);
  }

  /** Inputs that depend on the seed and on the test's name. */
  static Sample of(String test) {
    int seed = Integer.getInteger(SEED_PROPERTY, 20251123);
    return new Sample(test, seed);
  }

  /** For failure messages: how to draw the same again. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "inputs of %s, -D%s=%d", test, SEED_PROPERTY, seed);
  }

  /** An int from {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /** A number in {@code [low, high)}. */
  double uniform(double low, double high) {
    return random.nextDouble(low, high);
  }

  /** Floats in {@code [low, high)}. */
  float[] uniform(int n, double low, double high) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(low, high);
    }
    return values;
  }

  /**
   * Floats of size 1/2 to 1 and either sign: none is negligible, so a term too many or too few in a
   * sum shows above the error bound.
   */
  float[] signed(int n) {
    float[] values = uniform(n, 0.5, 1);
    for (int i = 0; i < n; i++) {
      values[i] = random.nextBoolean() ? values[i] : -values[i];
    }
    return values;
  }

  /** Whole numbers from {@code low} to {@code high}, as floats. */
  float[] whole(int n, int low, int high) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = between(low, high);
    }
    return values;
  }

  /** The same floats with about one in {@code every} replaced by zero of either sign. */
  float[] withZeros(float[] values, int every) {
    for (int i = 0; i < values.length; i++) {
      if (random.nextInt(every) == 0) {
        values[i] = random.nextBoolean() ? 0f : -0f;
      }
    }
    return values;
  }

  /** Ints from 0 to {@code bound - 1}, possibly repeated. */
  int[] rows(int n, int bound) {
    return random.ints(n, 0, bound).toArray();
  }

  /** The ints from 0 to {@code n - 1} in random order. */
  int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
