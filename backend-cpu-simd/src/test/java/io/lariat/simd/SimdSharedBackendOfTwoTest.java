package io.lariat.simd;

import io.lariat.backend.Backend;
import io.lariat.train.SharedBackendContract;

class SimdSharedBackendOfTwoTest extends SharedBackendContract {
  @Override
  protected Backend open() {
    return SimdContract.open(2);
  }
}
