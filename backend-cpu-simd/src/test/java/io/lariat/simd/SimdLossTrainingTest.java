package io.lariat.simd;

import io.lariat.backend.Backend;
import io.lariat.train.LossTrainingContract;

class SimdLossTrainingTest extends LossTrainingContract {
  @Override
  protected Backend open() {
    return SimdContract.open(1);
  }
}
