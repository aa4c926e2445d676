package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.train.SparseTrainingContract;

/** CPU emulation: training on sparse rows, whose steps are not recorded. */
class EmulatedSparseTrainingTest extends SparseTrainingContract {
  @Override
  protected Backend open() {
    return EmulatedGpu.open(EmulatedGpu.GRAPH);
  }
}
