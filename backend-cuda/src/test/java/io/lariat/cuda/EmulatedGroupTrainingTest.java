package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.train.GroupTrainingContract;

/** CPU emulation: training under group penalties, steps being one kernel. */
class EmulatedGroupTrainingTest extends GroupTrainingContract {
  @Override
  protected Backend open(int threads) {
    return EmulatedGpu.open(EmulatedGpu.PROGRAM);
  }
}
