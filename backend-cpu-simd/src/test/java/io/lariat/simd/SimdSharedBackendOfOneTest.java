package io.lariat.simd;

import io.lariat.backend.Backend;
import io.lariat.train.SharedBackendContract;

class SimdSharedBackendOfOneTest extends SharedBackendContract {
  @Override
  protected Backend open() {
    return SimdContract.open(1);
  }
}
