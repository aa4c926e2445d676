package io.lariat.simd.weights;

import static io.lariat.simd.machine.Lanes.FLOAT;

import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.RowGroups;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdIndices;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;

/**
 * The penalty of a kernel whose rows are in groups: each group's on its own, then their sum in
 * order.
 */
public final class GroupPenalty extends GroupJob implements PenaltyTotal.Summed {
  private MemorySegment w = MemorySegment.NULL;
  private long wAt;

  /** What each group has; kept from call to call. */
  private double[] values = {};

  /**
   * Sets it up for the elements of {@code weights}.
   *
   * @param to where {@link PenaltyTotal} will write; not touched here
   */
  public GroupPenalty of(
      Penalty penalty,
      RowGroups groups,
      SimdIndices starts,
      Matrix rates,
      Matrix weights,
      Matrix to) {
    goThrough(groups, starts, penalty, rates, weights.cols());
    w = SimdStorage.memory(weights);
    wAt = SimdStorage.at(weights);
    reads(weights, Split.WHOLE);
    writes(to, Split.WHOLE);
    if (values.length < groups.count()) {
      values = new double[groups.count()];
    }
    return this;
  }

  @Override
  void group(
      int part, int number, long from, long n, double l1, double l2, double norm, Scratch scratch) {
    double value = 0;
    if (l1 != 0) {
      value += l1 * PenaltySum.absolutes(w, wAt + from * FLOAT, n, scratch);
    }
    if (l2 != 0 || norm != 0) {
      double squares = PenaltySum.squares(w, wAt + from * FLOAT, n, scratch);
      value += l2 * squares + norm * Math.sqrt(squares);
    }
    values[number] = value;
  }

  @Override
  public float total() {
    double total = 0;
    for (int i = 0; i < count(); i++) {
      total += values[i];
    }
    return (float) total;
  }
}
