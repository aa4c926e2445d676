package io.lariat.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Activation;
import io.lariat.data.Dataset;
import io.lariat.model.Network;
import org.junit.jupiter.api.Test;

class ShortRunTest {
  private static boolean isShort(int rows, int features, int epochs) {
    float[] x = new float[rows * features];
    float[] y = new float[rows];
    y[0] = 1; // two classes
    Network network =
        Network.of(features)
            .dense(128, Activation.RELU)
            .dense(64, Activation.RELU)
            .dense(1, Activation.SIGMOID);
    return ShortRun.is(network, Dataset.of(x, features, y), epochs);
  }

  @Test
  void goesByTheMultiplications() {
    assertThat(isShort(569, 30, 15)).isTrue();
    assertThat(isShort(569, 30, 140)).isTrue(); // 3 x 12,096 x 569 x 140 = 2.9e9
    assertThat(isShort(569, 30, 150)).isFalse();
    assertThat(isShort(10_000, 30, 15)).isFalse();
    assertThat(isShort(100, 100_000, 1)).isFalse();
  }
}
