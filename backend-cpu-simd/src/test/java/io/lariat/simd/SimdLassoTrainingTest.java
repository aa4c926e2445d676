package io.lariat.simd;

import io.lariat.backend.Backend;
import io.lariat.train.LassoTrainingContract;

class SimdLassoTrainingTest extends LassoTrainingContract {
  @Override
  protected Backend open() {
    return SimdContract.open(1);
  }
}
