package io.lariat.simd;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** One job of each kind: the set that a backend's calls use one after the other. */
final class Jobs {
  final MatrixProduct product;
  final SparseProduct sparseProduct = new SparseProduct();
  final Activations activations = new Activations();
  final ActivationGradients activationGradients = new ActivationGradients();
  final Softmax softmax = new Softmax();
  final RowSums rowSums = new RowSums();
  final RowOperations rowOperations = new RowOperations();
  final DropoutMask dropoutMask = new DropoutMask();
  final Losses losses = new Losses();
  final CategoricalLoss categoricalLoss = new CategoricalLoss();
  final PenaltySum penaltySum = new PenaltySum();
  final WeightUpdate weightUpdate = new WeightUpdate();
  final RowShrinkage rowShrinkage = new RowShrinkage();
  final GroupUpdate groupUpdate;
  final GroupPenalty groupPenalty = new GroupPenalty();
  final PenaltyTotal penaltyTotal = new PenaltyTotal();

  /**
   * Makes a set.
   *
   * @param zeros see {@link MatrixProduct}
   * @param threads how many shares there can be
   */
  Jobs(MemorySegment zeros, int threads) {
    product = new MatrixProduct(zeros, threads);
    groupUpdate = new GroupUpdate(threads);
  }

  /** Makes all of them jobs that will be recorded. */
  Jobs record() {
    List.of(
            product,
            sparseProduct,
            activations,
            activationGradients,
            softmax,
            rowSums,
            rowOperations,
            dropoutMask,
            losses,
            categoricalLoss,
            penaltySum,
            weightUpdate,
            rowShrinkage,
            groupUpdate,
            groupPenalty,
            penaltyTotal)
        .forEach(Job::record);
    return this;
  }
}
