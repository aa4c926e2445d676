package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.contract.Cases.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moving rows and whole matrices: every bit arrives, none goes elsewhere. */
interface RowsContract extends BackendUnderTest {

  @Test
  default void copyKeepsEveryBit() {
    Slab slab = new Slab(backend(), Sample.of("copyKeepsEveryBit"));
    for (Shape shape : Cases.SHAPES) {
      slab.clear();
      Matrix from = slab.put("from", shape.rows(), shape.cols(), fragile(slab.sample(), shape));
      Matrix to = slab.out("to", shape.rows(), shape.cols());
      slab.run(() -> backend().copy(from, to), to);
      assertSameBits("copy", slab.get(to), slab.get(from));
    }
  }

  @Test
  default void gatherRowsTakesTheRowsNamed() {
    Slab slab = new Slab(backend(), Sample.of("gatherRowsTakesTheRowsNamed"));
    for (Shape shape : Cases.SHAPES) {
      for (int count : new int[] {1, 3, 17}) {
        slab.clear();
        Sample sample = slab.sample();
        float[] values = fragile(sample, shape);
        Matrix source = slab.put("source", shape.rows(), shape.cols(), values);
        Matrix out = slab.out("out", count, shape.cols());
        int[] rows = sample.rows(count, shape.rows()); // with repetitions
        Indices indices = indices(sample, rows);
        slab.run(() -> backend().gatherRows(source, indices, out), out);
        float[] expected = new float[count * shape.cols()];
        for (int i = 0; i < count; i++) {
          copyRow(values, rows[i], expected, i, shape.cols());
        }
        assertSameBits("gatherRows", slab.get(out), expected);
      }
    }
  }

  @Test
  default void scatterRowsLeavesOtherRowsAlone() {
    Slab slab = new Slab(backend(), Sample.of("scatterRowsLeavesOtherRowsAlone"));
    for (Shape shape : Cases.SHAPES) {
      slab.clear();
      Sample sample = slab.sample();
      float[] expected = fragile(sample, shape);
      int count = sample.between(1, shape.rows());
      float[] values = sample.signed(count * shape.cols());
      Matrix source = slab.put("source", count, shape.cols(), values);
      Matrix out = slab.put("out", shape.rows(), shape.cols(), expected);
      int[] rows = Arrays.copyOf(sample.permutation(shape.rows()), count);
      Indices indices = indices(sample, rows);
      slab.run(() -> backend().scatterRows(source, indices, out), out);
      for (int i = 0; i < count; i++) {
        copyRow(values, i, expected, rows[i], shape.cols());
      }
      assertSameBits("scatterRows", slab.get(out), expected);
    }
  }

  /** Refused, or contents of {@code out} that nobody defined; never anything outside it. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 5, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 28, -(1 << 28)})
  default void gatherAndScatterStayInside(int outside) {
    Slab slab = new Slab(backend(), Sample.of("gatherAndScatterStayInside"));
    Matrix source = slab.put("source", 5, 3, slab.sample().signed(15));
    Matrix batch = slab.out("batch", 2, 3);
    Matrix rows = slab.put("rows", 2, 3, slab.sample().signed(6));
    Matrix table = slab.out("table", 5, 3);
    Indices indices = indices(slab.sample(), new int[] {1, outside});
    slab.run(
        () ->
            allowRefusal(
                () -> backend().gatherRows(source, indices, batch),
                "gatherRows: row " + outside + " of source [5x3]"),
        batch);
    slab.run(
        () ->
            allowRefusal(
                () -> backend().scatterRows(rows, indices, table),
                "scatterRows: row " + outside + " of table [5x3]"),
        table);
  }

  private static void allowRefusal(Runnable operation, String message) {
    try {
      operation.run();
    } catch (IndexOutOfBoundsException refused) {
      assertThat(refused).hasMessage(message);
    }
  }

  /** A range in the middle of a longer vector, whose other numbers are far outside any matrix. */
  private Indices indices(Sample sample, int[] rows) {
    int before = sample.between(0, 9);
    int[] all = new int[before + rows.length + sample.between(0, 9)];
    Arrays.fill(all, 1_000_000);
    System.arraycopy(rows, 0, all, before, rows.length);
    Indices whole = backend().allocateIndices(all.length);
    backend().write(all, 0, whole);
    return whole.range(before, rows.length);
  }

  private static float[] fragile(Sample sample, Shape shape) {
    float[] values = sample.signed(shape.size());
    for (float special : Cases.FRAGILE) {
      values[sample.between(0, values.length - 1)] = special;
    }
    return values;
  }

  private static void copyRow(float[] from, int row, float[] to, int toRow, int cols) {
    System.arraycopy(from, row * cols, to, toRow * cols, cols);
  }

  /** Compares bit patterns, which tell {@code -0} from {@code +0}. */
  static void assertSameBits(String what, float[] actual, float[] expected) {
    assertThat(bits(actual)).as(what).isEqualTo(bits(expected));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
