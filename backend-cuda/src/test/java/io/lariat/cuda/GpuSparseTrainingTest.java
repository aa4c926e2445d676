package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.train.SparseTrainingContract;

@Gpu
class GpuSparseTrainingTest extends SparseTrainingContract {
  @Override
  protected Backend open() {
    return Backends.open("cuda");
  }
}
