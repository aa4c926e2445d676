package io.lariat.cuda;

import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.RowGroups;
import io.lariat.backend.UpdateRule;

/** Penalties and optimizer steps: each is one kernel over a block of weights. */
final class WeightOperations {
  /** Weights that a block updates at a time, four a thread. */
  private static final int CHUNK = 4 * Kernel.THREADS;

  /** Weights of a group, on average, from which on a block shares it and not a warp. */
  private static final long LARGE_GROUP = 4096;

  private final Addresses addresses;
  private final WorkQueue queue;
  private final Arguments arguments;

  WeightOperations(Addresses addresses, WorkQueue queue, Arguments arguments) {
    this.addresses = addresses;
    this.queue = queue;
    this.arguments = arguments;
  }

  /** The penalty of the weights as they are. */
  void penalty(Penalty penalty, Matrix rates, Matrix w, Matrix out) {
    arguments
        .begin()
        .pointer(addresses.of(w))
        .pointer(0)
        .pointer(0)
        .pointer(addresses.of(rates))
        .number(w.size());
    launchUpdate(new UpdateRule.Sgd(0, false), penalty, false, w, addresses.of(out));
  }

  /** The step, and where {@code penaltyOut} is not 0 the penalty before it. */
  void update(
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      Matrix w,
      Matrix grad,
      Matrix state,
      Matrix rates,
      long penaltyOut) {
    beginWeights(rule, w, grad, state, rates);
    launchUpdate(rule, penalty, method == PenaltyMethod.PROXIMAL, w, penaltyOut);
  }

  /** {@code struct Update} in updates.cuh, after its weights. */
  private void launchUpdate(
      UpdateRule rule, Penalty penalty, boolean isProximal, Matrix w, long penaltyOut) {
    int chunk = chunk(w.size(), CHUNK);
    arguments.pointer(queue.lane().partials()).pointer(queue.lane().arrivals()).pointer(penaltyOut);
    Codes.add(rule, arguments)
        .real(penalty.l1())
        .real(penalty.l2())
        .truth(isProximal)
        .integer(chunk);
    queue.launch(Kernel.UPDATE, Math.ceilDiv(w.size(), chunk), arguments);
  }

  /**
   * A multiple of {@code least} of which so many cover {@code items} that their parts have room.
   */
  private static int chunk(long items, int least) {
    return Math.toIntExact(least * Math.ceilDiv(items, (long) least * Lane.PARTIALS));
  }

  /** {@code struct Weights} in updates.cuh. */
  private void beginWeights(UpdateRule rule, Matrix w, Matrix grad, Matrix state, Matrix rates) {
    arguments
        .begin()
        .pointer(addresses.of(w))
        .pointer(addresses.of(grad))
        .pointer(stateAddress(rule, state))
        .pointer(addresses.of(rates))
        .number(w.size());
  }

  /** A rule without state is given any matrix, which need not even be alive. */
  private long stateAddress(UpdateRule rule, Matrix state) {
    return rule.stateRows() == 0 ? 0 : addresses.of(state);
  }

  /** The same for a kernel whose rows are in groups. */
  void penalty(Penalty penalty, RowGroups groups, Matrix rates, Matrix w, Matrix out) {
    int chunk = chunk(groups.count(), 1);
    arguments
        .begin()
        .pointer(addresses.of(w))
        .pointer(queue.lane().partials())
        .pointer(queue.lane().arrivals())
        .pointer(addresses.of(out));
    addGroups(groups, penalty, rates, w).integer(chunk).truth(areLarge(groups, w));
    long chunks = Math.ceilDiv(groups.count(), chunk);
    queue.launch(Kernel.GROUP_PENALTY, blocks(chunks, groups, w), arguments);
  }

  /** The same for a kernel whose rows are in groups. */
  void update(
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      RowGroups groups,
      Matrix w,
      Matrix grad,
      Matrix state,
      Matrix rates) {
    beginWeights(rule, w, grad, state, rates);
    addGroups(groups, penalty, rates, w);
    Codes.add(rule, arguments).truth(method == PenaltyMethod.PROXIMAL).truth(areLarge(groups, w));
    queue.launch(Kernel.GROUP_UPDATE, blocks(groups.count(), groups, w), arguments);
  }

  /** {@code struct Groups} in groups.cuh. */
  private Arguments addGroups(RowGroups groups, Penalty penalty, Matrix rates, Matrix w) {
    return arguments
        .pointer(addresses.of(groups.starts()))
        .pointer(addresses.of(groups.factors()))
        .pointer(addresses.of(rates))
        .integer(groups.count())
        .integer(groups.rows())
        .integer(w.cols())
        .real(penalty.l1())
        .real(penalty.l2())
        .real(penalty.group());
  }

  private static boolean areLarge(RowGroups groups, Matrix w) {
    return w.size() / groups.count() >= LARGE_GROUP;
  }

  /** How many blocks {@code work} for a team each is. */
  private static long blocks(long work, RowGroups groups, Matrix w) {
    return areLarge(groups, w) ? work : Math.ceilDiv(work, Kernel.WARPS);
  }

  /** The shrinkage of rows that steps have left out. */
  void shrinkRows(UpdateRule rule, Penalty penalty, Matrix w, Matrix state, Matrix amounts) {
    arguments
        .begin()
        .pointer(addresses.of(w))
        .pointer(0)
        .pointer(stateAddress(rule, state))
        .pointer(0)
        .number(w.size())
        .pointer(addresses.of(amounts))
        .integer(w.cols());
    Codes.add(rule, arguments).real(penalty.l1()).real(penalty.l2());
    queue.launch(Kernel.SHRINK_ROWS, Math.ceilDiv(w.size(), Kernel.THREADS), arguments);
  }
}
