package io.lariat.benchmarks.gpu;

import java.util.List;

/**
 * One way of training, by one side.
 *
 * @param side whose process does it
 * @param way what the process calls it
 * @param title what the table calls it
 * @param isPenalized whether L1 is in it
 */
record Contender(Side side, String way, String title, boolean isPenalized) {

  /** Whose process. */
  enum Side {
    /** Lariat on the GPU. */
    LARIAT,
    /** PyTorch on the same GPU. */
    PEER,
    /** Lariat on the CPU. */
    CPU
  }

  /** All of them; the first of Lariat's is what the peers' own mathematics is compared with. */
  static final List<Contender> ALL =
      List.of(
          new Contender(Side.LARIAT, "subgradient", "**Lariat**, the penalty's subgradient", true),
          new Contender(Side.LARIAT, "proximal", "**Lariat**, proximal (exact zeros)", true),
          new Contender(Side.PEER, "eager", "PyTorch, eager, fused Adam", true),
          new Contender(Side.PEER, "graph", "PyTorch, the step a CUDA graph", true),
          new Contender(Side.PEER, "compiled", "PyTorch, compiled, the step a CUDA graph", true),
          new Contender(Side.CPU, "subgradient", "Lariat on the CPU", true),
          new Contender(Side.LARIAT, "plain", "**Lariat**, no penalty", false),
          new Contender(
              Side.PEER, "graph-plain", "PyTorch, the step a CUDA graph, no penalty", false),
          new Contender(
              Side.PEER,
              "compiled-plain",
              "PyTorch, compiled, the step a CUDA graph, no penalty",
              false));

  /** Whether its time is what times of contenders with the same penalty are divided by. */
  boolean isYardstick() {
    return side == Side.LARIAT && !way.equals("proximal");
  }
}
