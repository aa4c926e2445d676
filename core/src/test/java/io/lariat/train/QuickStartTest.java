package io.lariat.train;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Penalty.l1;
import static io.lariat.train.Optimizer.adam;
import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.data.Csv;
import io.lariat.data.Dataset;
import io.lariat.model.Model;
import io.lariat.model.Network;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example, word for word. */
class QuickStartTest {

  @Test
  void trainsAndPredicts(@TempDir Path folder) {
    Path path = Path.of(System.getProperty("lariat.data"), "breast_cancer.csv");

    Dataset data = Csv.read(path, "benign");
    Network network =
        Network.of(data.features())
            .dense(128, RELU, l1(0.001))
            .dense(64, RELU, l1(0.001))
            .dense(1, SIGMOID);
    Training run;
    try (Backend backend = Backends.open()) {
      run =
          Trainer.on(backend)
              .epochs(15)
              .batchSize(128)
              .optimizer(adam(0.001))
              .validationSplit(0.1)
              .standardize()
              .seed(42)
              .fit(network, data);
    }
    assertThat(run.history().epochs()).hasSize(15);
    assertThat(run.history().last().totalZeros()).isPositive();
    assertThat(run.evaluation().metrics().get("accuracy")).isGreaterThan(0.9);

    float[] row = new float[data.features()];
    data.copyFeatures(0, 1, row);
    float[][] rows = {row};
    float probability = run.model().predict(rows)[0][0];
    assertThat(probability).isLessThan(0.5f); // the first row is malignant

    run.model().save(folder.resolve("model.safetensors"));
    assertThat(Model.load(folder).predict(row)).containsExactly(probability);
  }
}
