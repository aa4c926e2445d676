package io.lariat.simd.weights;

import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOAT_LAYOUT;

import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.UpdateRule;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.ChunkJob;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One step of an optimizer over a block of weights, chunk by chunk. If the penalty is wanted too,
 * it is summed over each chunk just before the chunk changes, by Adam as it changes, so that the
 * weights come from memory once.
 */
public final class WeightUpdate extends ChunkJob {
  private UpdateRule rule = new UpdateRule.Sgd(0, false);
  private boolean isProximal;
  private @Nullable PenaltySum sum;
  private MemorySegment w = MemorySegment.NULL;
  private MemorySegment grad = MemorySegment.NULL;
  private MemorySegment state = MemorySegment.NULL;
  private long wAt;
  private long gradAt;
  private long stateAt;
  private MemorySegment rate = MemorySegment.NULL;
  private long rateAt;
  private final Strengths strengths = new Strengths();
  private float l1;
  private float twoL2;
  private float floor;

  /**
   * Sets it up; the arguments are those of {@link io.lariat.backend.Backend#update}.
   *
   * @param before set up for the same weights; null if the penalty is not wanted
   */
  public WeightUpdate of(
      UpdateRule which,
      Penalty penalty,
      PenaltyMethod method,
      Matrix weights,
      Matrix gradient,
      Matrix states,
      Matrix rates,
      @Nullable PenaltySum before) {
    rule = which;
    isProximal = method == PenaltyMethod.PROXIMAL;
    sum = before;
    if (before != null) {
      includes(before);
    }
    w = SimdStorage.memory(weights);
    wAt = SimdStorage.at(weights);
    grad = SimdStorage.memory(gradient);
    gradAt = SimdStorage.at(gradient);
    if (which.stateRows() > 0) {
      state = SimdStorage.memory(states);
      stateAt = SimdStorage.at(states);
    }
    rate = SimdStorage.memory(rates);
    rateAt = SimdStorage.at(rates);
    strengths.of(penalty, rates);
    size = weights.size();
    writes(weights, Split.WHOLE);
    reads(gradient, Split.WHOLE);
    if (which.stateRows() > 0) {
      writes(states, Split.WHOLE);
    }
    reads(rates, Split.WHOLE);
    return this;
  }

  @Override
  public void begin() {
    strengths.read();
    l1 = (float) strengths.l1();
    twoL2 = (float) (2 * strengths.l2());
    floor = (float) rule.thresholdFloor(strengths.l1());
    if (sum != null) {
      sum.begin();
    }
  }

  /**
   * Steps {@code n} elements from {@code from} on under a penalty of their own, which must have no
   * floor under D: this was set up without a penalty, or the rule is SGD.
   *
   * @param ridge what the gradient of the penalty has in proportion to w
   */
  void step(long from, long n, double lasso, double ridge, Scratch scratch) {
    l1 = (float) lasso; // fields, since chunk must be no deeper than it is: C2 would box vectors
    twoL2 = (float) ridge;
    for (long i = 0; i < n; i += CHUNK) {
      chunk(from + i, (int) Math.min(CHUNK, n - i), scratch);
    }
  }

  @Override
  protected void chunk(long from, int n, Scratch scratch) {
    float a = rate.get(FLOAT_LAYOUT, rateAt);
    float b = rate.get(FLOAT_LAYOUT, rateAt + FLOAT);
    float decay = rate.get(FLOAT_LAYOUT, rateAt + 6 * FLOAT);
    if (rule instanceof UpdateRule.Adam adam) {
      if (sum != null) {
        sum.squaresOf(from, n, scratch);
      }
      adamStep(adam, from, n, a, b, decay, scratch.memory);
      if (sum != null) {
        sum.takeAbsolutes(from, scratch);
      }
      return;
    }
    if (sum != null) {
      sum.chunk(from, n, scratch);
    }
    long ws = wAt + from * FLOAT;
    long gs = gradAt + from * FLOAT;
    long ss = stateAt + from * FLOAT;
    MemorySegment t = scratch.memory;
    if (isProximal) {
      step(ws, grad, gs, ss, n, a, decay, t);
      if (rule instanceof UpdateRule.Sgd) {
        Shrinkage.threshold(w, ws, n, b, l1, twoL2);
      } else {
        Shrinkage.thresholdScaled(w, ws, t, Scratch.SECOND, n, b, floor, l1, twoL2);
      }
    } else {
      Shrinkage.addSubgradient(w, ws, grad, gs, t, Scratch.FIRST, n, l1, twoL2);
      step(ws, t, Scratch.FIRST, ss, n, a, decay, t);
    }
  }

  private void adamStep(
      UpdateRule.Adam r, long from, int n, float a, float b, float decay, MemorySegment scratch) {
    long ws = wAt + from * FLOAT;
    long gs = gradAt + from * FLOAT;
    long ms = stateAt + from * FLOAT;
    float rest1 = (float) (1 - r.beta1());
    float rest2 = (float) (1 - r.beta2());
    float epsilon = (float) r.epsilon();
    long vs = ms + size * FLOAT;
    if (isProximal) {
      AdamKernel.proximalStep(
          w, ws, grad, gs, state, ms, vs, n, a, b, decay, rest1, rest2, epsilon, floor, l1, twoL2,
          scratch);
    } else {
      AdamKernel.subgradientStep(
          w, ws, grad, gs, state, ms, vs, n, a, decay, rest1, rest2, epsilon, l1, twoL2, scratch);
    }
  }

  /**
   * The rule's own step along {@code g}; leaves its scale D, if it has one, in the second buffer.
   */
  private void step(
      long ws, MemorySegment g, long gs, long ss, int n, float a, float decay, MemorySegment t) {
    switch (rule) {
      case UpdateRule.Sgd sgd -> {
        if (sgd.stateRows() == 0) {
          SgdKernel.step(w, ws, g, gs, n, a, decay);
        } else {
          float momentum = (float) sgd.momentum();
          SgdKernel.momentumStep(w, ws, g, gs, state, ss, n, a, decay, momentum, sgd.nesterov());
        }
      }
      case UpdateRule.RmsProp r -> {
        float rest = (float) (1 - r.rho());
        float epsilon = (float) r.epsilon();
        RmsPropKernel.step(
            w,
            ws,
            g,
            gs,
            state,
            ss,
            t,
            Scratch.SECOND,
            n,
            a,
            decay,
            (float) r.rho(),
            rest,
            epsilon);
      }
      case UpdateRule.Adam _ -> throw new IllegalStateException("Adam has kernels of its own");
    }
  }
}
