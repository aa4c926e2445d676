package io.lariat.simd.weights;

import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOAT_LAYOUT;
import static io.lariat.simd.machine.Lanes.NATIVE;

import io.lariat.backend.Checks;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.RowGroups;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.Job;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdIndices;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job over a kernel whose rows are in groups. A group is never divided: each belongs to the share
 * in which its first row lies, so the threads do not show in its sums.
 */
abstract class GroupJob extends Job {
  private final Strengths strengths = new Strengths();
  private @Nullable RowGroups groups;
  private @Nullable SimdIndices starts;
  private MemorySegment factors = MemorySegment.NULL;
  private long factorsAt;
  private int units;

  /** Sets up what to go through; {@code firsts} are the starts of {@code which}. */
  final void goThrough(
      RowGroups which, SimdIndices firsts, Penalty ofGroups, Matrix rates, int columns) {
    strengths.of(ofGroups, rates);
    reads(rates, Split.WHOLE);
    groups = which;
    starts = firsts;
    factors = SimdStorage.memory(which.factors());
    factorsAt = SimdStorage.at(which.factors());
    units = columns;
    reads(which.factors(), Split.WHOLE);
  }

  /** How many groups there are. */
  final int count() {
    return Objects.requireNonNull(groups).count();
  }

  /**
   * Does one group.
   *
   * @param part whose share it is in
   * @param number which, from 0
   * @param from its first element
   * @param n how many elements it has
   * @param l1 the factor times l1
   * @param l2 the factor times l2
   * @param norm the weight of its norm in the penalty: factor * group * sqrt(rows)
   */
  abstract void group(
      int part, int number, long from, long n, double l1, double l2, double norm, Scratch scratch);

  /** Reads the strengths and checks all starts, before anything is written. */
  @Override
  public final void begin() {
    strengths.read();
    RowGroups g = Objects.requireNonNull(groups);
    SimdIndices s = Objects.requireNonNull(starts);
    s.requireOpen();
    int before = s.get(0);
    boolean isRight = before == 0;
    for (int i = 1; i <= g.count(); i++) {
      isRight &= s.get(i) > before;
      before = s.get(i);
    }
    if (!isRight || before != g.rows()) {
      throw Checks.starts(g);
    }
  }

  @Override
  public final void run(int part, int parts, Scratch scratch) {
    RowGroups g = Objects.requireNonNull(groups);
    SimdIndices s = Objects.requireNonNull(starts);
    MemorySegment f = NATIVE.cast(factors);
    long end = begin(g.rows(), 1, part + 1, parts);
    for (int i = firstFrom(s, begin(g.rows(), 1, part, parts)); s.get(i) < end; i++) {
      long first = s.get(i);
      long rows = s.get(i + 1) - first;
      double factor = f.get(FLOAT_LAYOUT, factorsAt + i * FLOAT);
      double norm = factor * strengths.group() * Math.sqrt((double) rows);
      group(
          part,
          i,
          first * units,
          rows * units,
          factor * strengths.l1(),
          factor * strengths.l2(),
          norm,
          scratch);
    }
  }

  /** The first group that starts at {@code row} or behind it; the number of groups if none does. */
  private int firstFrom(SimdIndices s, long row) {
    int low = 0;
    int high = count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (s.get(middle) < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
