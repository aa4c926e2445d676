package io.lariat.simd.products;

import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOAT_LAYOUT;

import io.lariat.simd.machine.Lanes;
import java.lang.foreign.MemorySegment;

/**
 * A matrix times a vector, {@code out[rows x 1] = bias + A b}: the output layer of binary
 * classification and of regression.
 *
 * <p>A vector kernel would use one lane of each vector, or add in another order than {@link Tiles}
 * does. Eight chains of scalar fma keep the order and are twice as fast as vectors with one lane in
 * use.
 */
final class ColumnProduct {

  private ColumnProduct() {}

  /**
   * Runs it; all positions are bytes.
   *
   * @param aRow the distance of A's rows; the elements of a row and of b are neighbours
   * @param isRelu whether what is negative becomes 0
   */
  static void run(
      MemorySegment as,
      long a,
      long aRow,
      MemorySegment bs,
      long b,
      int depth,
      MemorySegment starts,
      long start,
      boolean isRelu,
      MemorySegment cs,
      long c,
      int rows) {
    float bias = starts.get(FLOAT_LAYOUT, start);
    int i = 0;
    for (; i + 8 <= rows; i += 8) {
      rows8(as, a + i * aRow, aRow, bs, b, depth, bias, isRelu, cs, c + i * FLOAT);
    }
    for (; i < rows; i++) {
      row(as, a + i * aRow, bs, b, depth, bias, isRelu, cs, c + i * FLOAT);
    }
  }

  private static void rows8(
      MemorySegment as,
      long a,
      long aRow,
      MemorySegment bs,
      long b,
      int depth,
      float bias,
      boolean isRelu,
      MemorySegment cs,
      long c) {
    MemorySegment x = Lanes.NATIVE.cast(as);
    MemorySegment y = Lanes.NATIVE.cast(bs);
    MemorySegment z = Lanes.NATIVE.cast(cs);
    float c0 = bias;
    float c1 = bias;
    float c2 = bias;
    float c3 = bias;
    float c4 = bias;
    float c5 = bias;
    float c6 = bias;
    float c7 = bias;
    for (int k = 0; k < depth; k++) {
      long at = a + k * FLOAT;
      float bk = y.get(FLOAT_LAYOUT, b + k * FLOAT);
      c0 = Math.fma(x.get(FLOAT_LAYOUT, at), bk, c0);
      c1 = Math.fma(x.get(FLOAT_LAYOUT, at + aRow), bk, c1);
      c2 = Math.fma(x.get(FLOAT_LAYOUT, at + 2 * aRow), bk, c2);
      c3 = Math.fma(x.get(FLOAT_LAYOUT, at + 3 * aRow), bk, c3);
      c4 = Math.fma(x.get(FLOAT_LAYOUT, at + 4 * aRow), bk, c4);
      c5 = Math.fma(x.get(FLOAT_LAYOUT, at + 5 * aRow), bk, c5);
      c6 = Math.fma(x.get(FLOAT_LAYOUT, at + 6 * aRow), bk, c6);
      c7 = Math.fma(x.get(FLOAT_LAYOUT, at + 7 * aRow), bk, c7);
    }
    z.set(FLOAT_LAYOUT, c, rectify(c0, isRelu));
    z.set(FLOAT_LAYOUT, c + FLOAT, rectify(c1, isRelu));
    z.set(FLOAT_LAYOUT, c + 2 * FLOAT, rectify(c2, isRelu));
    z.set(FLOAT_LAYOUT, c + 3 * FLOAT, rectify(c3, isRelu));
    z.set(FLOAT_LAYOUT, c + 4 * FLOAT, rectify(c4, isRelu));
    z.set(FLOAT_LAYOUT, c + 5 * FLOAT, rectify(c5, isRelu));
    z.set(FLOAT_LAYOUT, c + 6 * FLOAT, rectify(c6, isRelu));
    z.set(FLOAT_LAYOUT, c + 7 * FLOAT, rectify(c7, isRelu));
  }

  private static void row(
      MemorySegment as,
      long a,
      MemorySegment bs,
      long b,
      int depth,
      float bias,
      boolean isRelu,
      MemorySegment cs,
      long c) {
    MemorySegment x = Lanes.NATIVE.cast(as);
    MemorySegment y = Lanes.NATIVE.cast(bs);
    float sum = bias;
    for (int k = 0; k < depth; k++) {
      float ak = x.get(FLOAT_LAYOUT, a + k * FLOAT);
      sum = Math.fma(ak, y.get(FLOAT_LAYOUT, b + k * FLOAT), sum);
    }
    cs.set(FLOAT_LAYOUT, c, rectify(sum, isRelu));
  }

  private static float rectify(float v, boolean isRelu) {
    return isRelu && v < 0 ? 0 : v;
  }
}
