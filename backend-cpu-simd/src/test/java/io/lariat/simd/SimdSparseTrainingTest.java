package io.lariat.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.train.Optimizer;
import io.lariat.train.SparseTrainingContract;
import io.lariat.train.Trainer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimdSparseTrainingTest extends SparseTrainingContract {
  @Override
  protected Backend open() {
    return SimdContract.open(2);
  }

  /** Large enough for products and updates to be shared. */
  @Test
  void theNumberOfThreadsChangesNoBit() {
    int rows = 2000;
    int features = 20_000;
    int elements = 60;
    SplittableRandom random = new SplittableRandom(11);
    int[] starts = new int[rows + 1];
    int[] columns = new int[rows * elements];
    float[] values = new float[rows * elements];
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      int[] of = random.ints(0, features).distinct().limit(elements).sorted().toArray();
      System.arraycopy(of, 0, columns, i * elements, elements);
      starts[i + 1] = (i + 1) * elements;
      y[i] = of[0] < 300 ? 1 : 0;
    }
    Arrays.fill(values, 0.5f);
    Dataset data = Dataset.of(SparseRows.of(features, starts, columns, values), y, Task.BINARY);
    float[] one = weights(data, 1);
    assertThat(weights(data, 2)).isEqualTo(one);
    assertThat(weights(data, 3)).isEqualTo(one);
  }

  private static float[] weights(Dataset data, int threads) {
    try (Backend backend = SimdContract.open(threads)) {
      Network network =
          Network.of(data.features())
              .dense(128, Activation.RELU, Penalty.l1(0.0001))
              .dense(1, Activation.SIGMOID);
      return Trainer.on(backend)
          .epochs(2)
          .optimizer(Optimizer.adam(0.001))
          .fit(network, data)
          .model()
          .weights()
          .kernel(0);
    }
  }
}
