package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.train.LassoTrainingContract;

@Gpu
class GpuLassoTrainingTest extends LassoTrainingContract {
  @Override
  protected Backend open() {
    return Backends.open("cuda");
  }
}
