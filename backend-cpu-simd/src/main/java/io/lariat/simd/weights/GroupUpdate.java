package io.lariat.simd.weights;

import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOAT_LAYOUT;

import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.RowGroups;
import io.lariat.backend.UpdateRule;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.ChunkJob;
import io.lariat.simd.machine.Lanes;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdIndices;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * One step of an optimizer over a kernel whose rows are in groups: a group's state, of which its D
 * is made, then its step and soft threshold, whose result has the norm that the group is shrunk by.
 * What needs no norm behind the step is left to {@link WeightUpdate}.
 */
public final class GroupUpdate extends GroupJob {
  /** For each share the step of weights in no group, with the penalty that is its turn. */
  private final WeightUpdate[] alone;

  private UpdateRule rule = new UpdateRule.Sgd(0, false);
  private boolean isProximal;
  private MemorySegment w = MemorySegment.NULL;
  private MemorySegment grad = MemorySegment.NULL;
  private MemorySegment state = MemorySegment.NULL;
  private MemorySegment rate = MemorySegment.NULL;
  private long wAt;
  private long gradAt;
  private long stateAt;
  private long rateAt;
  private long size;

  /** For up to {@code shares} shares. */
  public GroupUpdate(int shares) {
    alone = new WeightUpdate[shares];
    Arrays.setAll(alone, i -> new WeightUpdate());
  }

  /** Sets it up; the arguments are those of the backend's operation. */
  public GroupUpdate of(
      UpdateRule which,
      Penalty penalty,
      PenaltyMethod method,
      RowGroups groups,
      SimdIndices starts,
      Matrix weights,
      Matrix gradient,
      Matrix states,
      Matrix rates) {
    goThrough(groups, starts, penalty, rates, weights.cols());
    for (WeightUpdate share : alone) {
      share.of(which, Penalty.NONE, method, weights, gradient, states, rates, null);
    }
    rule = which;
    isProximal = method == PenaltyMethod.PROXIMAL;
    w = SimdStorage.memory(weights);
    wAt = SimdStorage.at(weights);
    grad = SimdStorage.memory(gradient);
    gradAt = SimdStorage.at(gradient);
    if (which.stateRows() > 0) {
      state = SimdStorage.memory(states);
      stateAt = SimdStorage.at(states);
      writes(states, Split.WHOLE);
    }
    rate = SimdStorage.memory(rates);
    rateAt = SimdStorage.at(rates);
    size = weights.size();
    writes(weights, Split.WHOLE);
    reads(gradient, Split.WHOLE);
    return this;
  }

  @Override
  void group(
      int part, int number, long from, long n, double l1, double l2, double norm, Scratch scratch) {
    if (isProximal && (l1 != 0 || l2 != 0 || norm != 0)) {
      proximalStep(alone[part], from, n, l1, l2, norm, scratch);
      return;
    }
    double length =
        norm == 0 ? 0 : Math.sqrt(PenaltySum.squares(w, wAt + from * FLOAT, n, scratch));
    // norm * w / ||w|| is a ridge's gradient, 2 * l2 * w
    double ridge = length == 0 ? 0 : norm / length;
    alone[part].step(from, n, l1, 2 * l2 + ridge, scratch);
  }

  private void proximalStep(
      WeightUpdate sgd, long from, long n, double l1, double l2, double norm, Scratch scratch) {
    float a = rate.get(FLOAT_LAYOUT, rateAt);
    float b = rate.get(FLOAT_LAYOUT, rateAt + FLOAT);
    float decay = rate.get(FLOAT_LAYOUT, rateAt + 6 * FLOAT);
    double floored = l1 + norm / Math.sqrt((double) n);
    double d = 1;
    double squares;
    switch (rule) {
      case UpdateRule.Sgd _ -> {
        sgd.step(from, n, l1, 0, scratch);
        squares = PenaltySum.squares(w, wAt + from * FLOAT, n, scratch);
      }
      case UpdateRule.RmsProp r -> {
        double sum = meanSquares(r, from, n, scratch);
        d = Math.max(Math.sqrt(sum / n + r.epsilon()), r.thresholdFloor(floored));
        squares = step(grad, gradAt + from * FLOAT, from, n, a, decay, d, b * l1 / d, scratch);
      }
      case UpdateRule.Adam r -> {
        double sum = moments(r, from, n, scratch);
        d = Math.max(Math.sqrt(sum / n) + r.epsilon(), r.thresholdFloor(floored));
        squares = step(state, stateAt + from * FLOAT, from, n, a, decay, d, b * l1 / d, scratch);
      }
    }
    double c = b / d;
    double k = c * norm;
    double left = k == 0 ? 1 : Math.max(0, 1 - k / Math.sqrt(squares));
    Shrinkage.scale(w, wAt + from * FLOAT, n, (float) (left / (1 + 2 * c * l2)));
  }

  /** Renews v; gives its sum. */
  private double meanSquares(UpdateRule.RmsProp r, long from, long n, Scratch scratch) {
    float rho = (float) r.rho();
    float rest = (float) (1 - r.rho());
    double sum = 0;
    for (long i = 0; i < n; i += ChunkJob.CHUNK) {
      int some = (int) Math.min(ChunkJob.CHUNK, n - i);
      long at = (from + i) * FLOAT;
      RmsPropKernel.squares(
          grad, gradAt + at, state, stateAt + at, some, rho, rest, scratch.memory);
      sum += Lanes.sumInDouble(scratch.memory, Scratch.LANES);
    }
    return sum;
  }

  /** Renews m and v; gives the sum of v. */
  private double moments(UpdateRule.Adam r, long from, long n, Scratch scratch) {
    float rest1 = (float) (1 - r.beta1());
    float rest2 = (float) (1 - r.beta2());
    double sum = 0;
    for (long i = 0; i < n; i += ChunkJob.CHUNK) {
      int some = (int) Math.min(ChunkJob.CHUNK, n - i);
      long g = gradAt + (from + i) * FLOAT;
      long m = stateAt + (from + i) * FLOAT;
      long v = m + size * FLOAT;
      AdamKernel.moments(grad, g, state, m, v, some, rest1, rest2, scratch.memory);
      sum += Lanes.sumInDouble(scratch.memory, Scratch.LANES);
    }
    return sum;
  }

  /** {@code w = ST(w - (a * direction / d + decay * w), k)}; gives the sum of its squares. */
  private double step(
      MemorySegment direction,
      long directionAt,
      long from,
      long n,
      float a,
      float decay,
      double d,
      double k,
      Scratch scratch) {
    float inverse = (float) (1 / d);
    double squares = 0;
    for (long i = 0; i < n; i += ChunkJob.CHUNK) {
      int some = (int) Math.min(ChunkJob.CHUNK, n - i);
      Shrinkage.stepAndThreshold(
          w,
          wAt + (from + i) * FLOAT,
          direction,
          directionAt + i * FLOAT,
          some,
          a,
          decay,
          inverse,
          (float) k,
          scratch.memory);
      squares += Lanes.sumInDouble(scratch.memory, Scratch.LANES);
    }
    return squares;
  }
}
