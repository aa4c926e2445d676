package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.train.GroupTrainingContract;

@Gpu
class GpuGroupTrainingTest extends GroupTrainingContract {
  @Override
  protected Backend open(int threads) {
    return Backends.open("cuda", new BackendOptions(threads));
  }
}
