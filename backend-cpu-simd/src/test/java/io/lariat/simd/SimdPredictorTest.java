package io.lariat.simd;

import io.lariat.backend.Backend;
import io.lariat.model.PredictorContract;

class SimdPredictorTest extends PredictorContract {
  @Override
  protected Backend open() {
    return SimdContract.open(2);
  }
}
