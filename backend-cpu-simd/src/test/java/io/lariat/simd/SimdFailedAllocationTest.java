package io.lariat.simd;

import io.lariat.backend.Backend;
import io.lariat.train.FailedAllocationContract;

class SimdFailedAllocationTest extends FailedAllocationContract {
  @Override
  protected Backend open() {
    return SimdContract.open(2);
  }
}
