package io.lariat.simd;

import io.lariat.backend.Backend;
import io.lariat.train.ConstantInputsContract;

class SimdConstantInputsTest extends ConstantInputsContract {
  @Override
  protected Backend open() {
    return SimdContract.open(2);
  }
}
