package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.fail;

import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.backend.Storage;
import io.lariat.backend.UpdateRule;
import java.util.Arrays;

/**
 * One storage in which a test's matrices lie as views at odd offsets, NaNs with a bit pattern of
 * their own between them. An operation run here may change the matrices that it is said to write
 * and nothing else, to the bit; reading beyond a matrix brings a NaN into the result.
 */
final class Slab {
  private static final float GUARD = Float.intBitsToFloat(0x7fc0babe);
  private static final float GARBAGE = Float.intBitsToFloat(0x7fc0dead);
  private static final int WIDEST_GAP = 19;

  private final Backend backend;
  private final Sample sample;
  private final Storage storage;
  private final float[] host;
  private int used;

  Slab(Backend backend, Sample sample, int capacity) {
    this.backend = backend;
    this.sample = sample;
    this.storage = backend.allocate(capacity);
    this.host = new float[capacity];
    clear();
  }

  /** Room for the tests that use small matrices. */
  Slab(Backend backend, Sample sample) {
    this(backend, sample, 1 << 17);
  }

  Backend backend() {
    return backend;
  }

  Sample sample() {
    return sample;
  }

  /** Forgets all matrices. */
  void clear() {
    used = 0;
    gap();
  }

  /** A matrix with these values. */
  Matrix put(String name, int rows, int cols, float... values) {
    if (values.length != rows * cols) {
      throw new IllegalArgumentException(name + ": " + values.length + " values");
    }
    Matrix matrix = new Matrix(name, storage, used, rows, cols);
    System.arraycopy(values, 0, host, used, values.length);
    used += values.length;
    gap();
    return matrix;
  }

  /** A matrix to be written, which holds NaNs so that what is not overwritten shows. */
  Matrix out(String name, int rows, int cols) {
    float[] garbage = new float[rows * cols];
    Arrays.fill(garbage, GARBAGE);
    return put(name, rows, cols, garbage);
  }

  private void gap() {
    int width = sample.between(1, WIDEST_GAP);
    Arrays.fill(host, used, used + width, GUARD);
    used += width;
  }

  /** The values that a matrix has after the last {@link #run}. */
  float[] get(Matrix matrix) {
    int from = (int) matrix.offset();
    return Arrays.copyOfRange(host, from, from + (int) matrix.size());
  }

  /** Gives a matrix new values, which the next {@link #run} uploads. */
  void set(Matrix matrix, float... values) {
    System.arraycopy(values, 0, host, (int) matrix.offset(), (int) matrix.size());
  }

  /** Uploads everything, runs the operation, and checks that only {@code written} changed. */
  void run(Runnable operation, Matrix... written) {
    Matrix all = new Matrix("slab", storage, 0, 1, used);
    backend.write(host, 0, all);
    operation.run();
    float[] after = new float[used];
    backend.read(all, after, 0);
    for (Matrix out : written) {
      int from = (int) out.offset();
      System.arraycopy(after, from, host, from, (int) out.size());
    }
    for (int i = 0; i < used; i++) {
      if (Float.floatToRawIntBits(host[i]) != Float.floatToRawIntBits(after[i])) {
        fail(
            "%s: wrote %s at %d, outside %s; %s",
            backend.name(), after[i], i, Arrays.toString(written), sample);
      }
    }
  }

  /** Checks every element of {@code out} after the last {@link #run}. */
  void check(String what, Matrix out, Expected expected) {
    expected.check(what + " -> " + out.describe() + ", " + sample, get(out));
  }

  /** A step's rates where only the strengths are looked at, which are 1. */
  Matrix rates() {
    return put("rates", 1, UpdateRule.RATES, Float.NaN, Float.NaN, 1, 1, 0, 0, Float.NaN);
  }

  /** A step's rates, with strengths that leave no rest and no decay. */
  Matrix rates(float a, float b, float lasso, float ridge) {
    return put("rates", 1, UpdateRule.RATES, a, b, lasso, ridge, 0, 0, 0);
  }
}
