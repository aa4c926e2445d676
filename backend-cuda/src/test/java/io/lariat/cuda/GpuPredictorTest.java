package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.model.PredictorContract;

@Gpu
class GpuPredictorTest extends PredictorContract {
  @Override
  protected Backend open() {
    return Backends.open("cuda");
  }
}
