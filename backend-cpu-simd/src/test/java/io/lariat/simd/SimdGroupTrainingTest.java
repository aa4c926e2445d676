package io.lariat.simd;

import io.lariat.backend.Backend;
import io.lariat.train.GroupTrainingContract;

class SimdGroupTrainingTest extends GroupTrainingContract {
  @Override
  protected Backend open(int threads) {
    return SimdContract.open(threads);
  }
}
