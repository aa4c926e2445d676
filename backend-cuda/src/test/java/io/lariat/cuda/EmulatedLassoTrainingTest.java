package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.train.LassoTrainingContract;

/** CPU emulation: the Lasso by training, steps being one kernel. */
class EmulatedLassoTrainingTest extends LassoTrainingContract {
  @Override
  protected Backend open() {
    return EmulatedGpu.open(EmulatedGpu.PROGRAM);
  }
}
