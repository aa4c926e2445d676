package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.train.LossTrainingContract;

/** CPU emulation: training by the losses of numbers, steps being one kernel. */
class EmulatedLossTrainingTest extends LossTrainingContract {
  @Override
  protected Backend open() {
    return EmulatedGpu.open(EmulatedGpu.PROGRAM);
  }
}
