package io.lariat.simd;

import io.lariat.simd.machine.Job;
import io.lariat.simd.products.MatrixProduct;
import io.lariat.simd.products.SparseProduct;
import io.lariat.simd.rows.ActivationGradients;
import io.lariat.simd.rows.Activations;
import io.lariat.simd.rows.CategoricalLoss;
import io.lariat.simd.rows.DropoutMask;
import io.lariat.simd.rows.Losses;
import io.lariat.simd.rows.RowOperations;
import io.lariat.simd.rows.RowSums;
import io.lariat.simd.rows.Softmax;
import io.lariat.simd.weights.GroupPenalty;
import io.lariat.simd.weights.GroupUpdate;
import io.lariat.simd.weights.PenaltySum;
import io.lariat.simd.weights.PenaltyTotal;
import io.lariat.simd.weights.RowShrinkage;
import io.lariat.simd.weights.WeightUpdate;
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
