package io.lariat.simd.products;

import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;

import io.lariat.backend.Matrix;
import io.lariat.backend.Product;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.Job;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The three matrix products, with a bias to start from and a ReLU at the end if wanted.
 *
 * <p>The loops, from the outside: blocks of the depth, blocks of the rows (of A' only), panels of
 * columns, and inside {@link Tiles#panel} the tiles down the rows. A panel of B stays in the
 * second-level cache while A streams past it. A'B differs from AB in nothing but the strides of A:
 * its tiles read neighbours. Where B is wide, so that they would read them many times from as many
 * pages as the block is deep, A' is packed first. AB' packs each panel of B transposed; AB and A'B
 * pack it where B is wide and used often enough.
 */
public final class MatrixProduct extends Job {

  /** Rows of B longer than this lie on a page each: packed if enough rows of A use them. */
  private static final int WIDE = 512;

  /** How many rows of A make packing pay. */
  private static final int PACKING_ROWS = 48;

  /** How many strips' rows of an A' that is not packed stay in the second-level cache. */
  private static final int UNPACKED_STRIPS = 2;

  private final MemorySegment zeros;
  private final Operands[] operands;

  private MemorySegment a;
  private long aAt;
  private long aRow;
  private long aStep;
  private MemorySegment b;
  private long bAt;
  private long bRow;
  private MemorySegment bias;
  private long biasAt;
  private boolean hasBias;
  private MemorySegment c;
  private long cAt;
  private int rows;
  private int cols;
  private int depth;
  private boolean transposedA;
  private boolean transposedB;
  private boolean isRelu;

  /**
   * Makes one that several calls can use, one after the other.
   *
   * @param zeros {@link BlockSizes#WIDTH} floats, all zero
   * @param threads how many shares there can be
   */
  public MatrixProduct(MemorySegment zeros, int threads) {
    this.zeros = zeros;
    this.operands = new Operands[threads];
    for (int i = 0; i < threads; i++) {
      operands[i] = new Operands(zeros);
    }
    this.a = zeros;
    this.b = zeros;
    this.bias = zeros;
    this.c = zeros;
  }

  /**
   * Sets up {@code out = bias + product}, or of that the positive part.
   *
   * @param added the bias {@code [1 x out.cols]}, or null for none
   * @param rectifies whether a ReLU follows: what is negative becomes 0
   */
  public MatrixProduct of(
      Product product,
      Matrix left,
      Matrix right,
      @Nullable Matrix added,
      boolean rectifies,
      Matrix out) {
    rows = out.rows();
    cols = out.cols();
    depth = product.depth(left);
    isRelu = rectifies;
    transposedB = product == Product.ABT;
    boolean isVector = product == Product.ATB && cols == 1;
    if (isVector) {
      // A'b = (b'A)': one row of many columns fills whole vectors, one column would not
      rows = 1;
      cols = out.rows();
      setOperands(right, left);
    } else {
      setOperands(left, right);
    }
    transposedA = product == Product.ATB && !isVector;
    aRow = transposedA ? FLOAT : left.cols() * FLOAT;
    aStep = transposedA ? left.cols() * FLOAT : FLOAT;
    hasBias = added != null;
    bias = added == null ? zeros : SimdStorage.memory(added);
    biasAt = added == null ? 0 : SimdStorage.at(added);
    c = SimdStorage.memory(out);
    cAt = SimdStorage.at(out);
    Split ofRows = product == Product.ATB ? Split.WHOLE : Split.ROWS;
    reads(left, ofRows);
    reads(right, Split.WHOLE);
    if (added != null) {
      reads(added, Split.WHOLE);
    }
    writes(out, ofRows);
    return this;
  }

  private void setOperands(Matrix left, Matrix right) {
    a = SimdStorage.memory(left);
    aAt = SimdStorage.at(left);
    b = SimdStorage.memory(right);
    bAt = SimdStorage.at(right);
    bRow = right.cols() * FLOAT;
  }

  /** How many multiplications and additions this is. */
  public long work() {
    return (long) rows * cols * depth;
  }

  @Override
  public void run(int part, int parts, Scratch scratch) {
    if (cols == 1) {
      int from = (int) begin(rows, 1, part, parts);
      int to = (int) begin(rows, 1, part + 1, parts);
      // AB and AB' are the same here: B is a vector either way
      ColumnProduct.run(
          a,
          aAt + from * aRow,
          aRow,
          b,
          bAt,
          depth,
          bias,
          biasAt,
          isRelu,
          c,
          cAt + from * FLOAT,
          to - from);
    } else if (splitsColumns(parts)) {
      int from = (int) begin(cols, COUNT, part, parts);
      int to = (int) begin(cols, COUNT, part + 1, parts);
      block(0, rows, from, to, operands[part], scratch);
    } else {
      int from = (int) begin(rows, 1, part, parts);
      int to = (int) begin(rows, 1, part + 1, parts);
      block(from, to, 0, cols, operands[part], scratch);
    }
  }

  /**
   * Whether threads share the columns rather than the rows: where each would otherwise have to
   * transpose all of B, or has too few rows to fill its tiles.
   */
  private boolean splitsColumns(int parts) {
    if (isRecorded() && !transposedA) {
      return false; // a step's other jobs go by the same rows
    }
    boolean enough = cols >= parts * Tiles.MAX_VECTORS * COUNT;
    return enough && (transposedB || rows < parts * 4 * Tiles.ROWS);
  }

  /** Rows {@code i0} to {@code i1 - 1}, columns {@code j0} to {@code j1 - 1} of the result. */
  private void block(int i0, int i1, int j0, int j1, Operands o, Scratch scratch) {
    if (i0 == i1 || j0 == j1) {
      return;
    }
    // Only A' is blocked by rows: its tiles use a few floats of each cache line that they touch.
    boolean packsA = transposedA && j1 - j0 > WIDE;
    int strips = packsA ? BlockSizes.STRIPS : UNPACKED_STRIPS;
    int blockRows = transposedA ? strips * BlockSizes.WIDTH : i1 - i0;
    for (int k0 = 0; k0 < depth; k0 += BlockSizes.DEPTH) {
      o.depth = Math.min(BlockSizes.DEPTH, depth - k0);
      for (int i = i0; i < i1; i += blockRows) {
        int count = Math.min(blockRows, i1 - i);
        if (packsA) {
          packStrips(k0, i, count, o, scratch);
        }
        panels(k0, i, count, j0, j1, packsA, o, scratch);
      }
    }
  }

  /** A block of the depth of {@code count} rows from {@code i} on. */
  private void panels(
      int k0, int i, int count, int j0, int j1, boolean packedA, Operands o, Scratch scratch) {
    boolean packsB = transposedB || (cols > WIDE && count >= PACKING_ROWS);
    for (int j = j0; j < j1; ) {
      int vectors = Tiles.panelVectors(Math.ceilDiv(j1 - j, COUNT));
      int width = Math.min(vectors * COUNT, j1 - j);
      if (packsB) {
        packPanel(k0, j, width, vectors, o, scratch);
      } else {
        o.b = b;
        o.bAt = bAt + k0 * bRow + j * FLOAT;
        o.bStep = bRow;
      }
      if (packedA) {
        o.a = scratch.memory;
        o.aRow = FLOAT;
        for (int s = 0; s < count; s += BlockSizes.WIDTH) {
          long strip = BlockSizes.STRIPS_AT + s / BlockSizes.WIDTH * BlockSizes.PACKED_BYTES;
          int rowsOfStrip = Math.min(BlockSizes.WIDTH, count - s);
          o.aStep = Panels.stride(Math.ceilDiv(rowsOfStrip, COUNT));
          panel(i + s, rowsOfStrip, k0, strip, j, width, vectors, o, scratch);
        }
      } else {
        o.a = a;
        o.aRow = aRow;
        o.aStep = aStep;
        panel(i, count, k0, aAt + i * aRow + k0 * aStep, j, width, vectors, o, scratch);
      }
      j += width;
    }
  }

  /**
   * A block of the depth of one panel. Straight into the result where that is whole vectors and
   * nothing to be added to, else by way of scratch memory.
   */
  private void panel(
      int i0,
      int count,
      int k0,
      long as,
      int j,
      int width,
      int vectors,
      Operands o,
      Scratch scratch) {
    boolean isFirst = k0 == 0;
    boolean rectifies = isRelu && k0 + o.depth == depth;
    o.start = isFirst && hasBias ? bias : zeros;
    o.startAt = isFirst && hasBias ? biasAt + j * FLOAT : 0;
    long cRow = cols * FLOAT;
    long cs = cAt + i0 * cRow + j * FLOAT;
    if (isFirst && width == vectors * COUNT) {
      o.c = c;
      o.cRow = cRow;
      Tiles.panel(vectors, o, count, as, cs);
      if (rectifies) {
        Panels.finish(c, cs, cRow, count, width, false, true, c, cs, cRow);
      }
      return;
    }
    o.c = scratch.memory;
    o.cRow = Panels.stride(vectors);
    for (int i = 0; i < count; i += BlockSizes.FINISHED_ROWS) {
      int few = Math.min(BlockSizes.FINISHED_ROWS, count - i);
      Tiles.panel(vectors, o, few, as + i * o.aRow, BlockSizes.UNFINISHED_AT);
      Panels.finish(
          o.c,
          BlockSizes.UNFINISHED_AT,
          o.cRow,
          few,
          width,
          !isFirst,
          rectifies,
          c,
          cs + i * cRow,
          cRow);
    }
  }

  /** Copies the block of A', strip by strip, so that each is on a few pages. */
  private void packStrips(int k0, int i, int count, Operands o, Scratch scratch) {
    for (int s = 0; s < count; s += BlockSizes.WIDTH) {
      long from = aAt + (i + s) * aRow + k0 * aStep;
      int vectors = Math.ceilDiv(Math.min(BlockSizes.WIDTH, count - s), COUNT);
      long strip = BlockSizes.STRIPS_AT + s / BlockSizes.WIDTH * BlockSizes.PACKED_BYTES;
      Panels.copy(a, from, aStep, o.depth, vectors, scratch.memory, strip);
    }
  }

  private void packPanel(int k0, int j, int width, int vectors, Operands o, Scratch scratch) {
    o.b = scratch.memory;
    o.bAt = BlockSizes.PANEL_AT;
    o.bStep = Panels.stride(vectors);
    if (transposedB) {
      long from = bAt + j * bRow + k0 * FLOAT;
      Panels.transpose(b, from, bRow, o.depth, width, o.b, o.bAt, o.bStep, scratch.memory);
    } else {
      long from = bAt + k0 * bRow + j * FLOAT;
      Panels.copy(b, from, bRow, o.depth, vectors, o.b, o.bAt);
    }
  }
}
