package io.lariat.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.cuda.driver.Driver;
import io.lariat.cuda.probe.DeviceProbe;
import io.lariat.cuda.probe.JCudaLoader;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.train.Trainer;
import io.lariat.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Thousands of steps, and many backends one after the other. */
@Gpu
class GpuSoakTest {
  private static final int FEATURES = 64;
  private static final int ROWS = 4096;
  private static final int BATCH = 64;
  private static final int EPOCHS = 60;

  @Test
  void thousandsOfStepsGiveTheSameBitsTwice() {
    Dataset data = data();
    Training first = train(data);
    Training second = train(data);
    double[] losses = first.history().stepLosses();
    assertThat(losses).hasSize(EPOCHS * ROWS / BATCH);
    assertThat(second.history().stepLosses()).isEqualTo(losses);
    assertThat(second.model().weights().doubles()).isEqualTo(first.model().weights().doubles());
    assertThat(first.history().last().loss())
        .isLessThan(0.5 * first.history().epochs().getFirst().loss());
  }

  /** Half of the backends leave their memory to {@code close}; the driver frees by 2 MiB. */
  @Test
  void openingAndClosingLeavesNoDeviceMemoryBehind() {
    Driver driver = JCudaLoader.driver();
    // Held meanwhile: what the driver itself needs for a context must not come and go.
    Driver.Context context = driver.retainContext(DeviceProbe.probe().ordinal());
    try {
      cycle(5);
      driver.setCurrent(context);
      long before = driver.freeMemory();
      cycle(100);
      driver.setCurrent(context);
      assertThat(before - driver.freeMemory()).isLessThanOrEqualTo(2L << 20);
    } finally {
      driver.releaseContext(context);
    }
  }

  /** A driver keeps host memory for each context and module, which must go with the backend. */
  @Test
  void openingAndClosingLeavesNoHostMemoryBehind() throws IOException {
    cycle(20);
    long memory = residentBytes();
    cycle(200);
    assertThat(residentBytes() - memory).isLessThan(200L << 20);
  }

  private static Dataset data() {
    SplittableRandom random = new SplittableRandom(17);
    float[] x = new float[ROWS * FEATURES];
    float[] y = new float[ROWS];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    for (int i = 0; i < ROWS; i++) {
      y[i] = x[i * FEATURES] + x[i * FEATURES + 1] > 0 ? 1 : 0;
    }
    return Dataset.of(x, FEATURES, y, Task.BINARY);
  }

  private static Training train(Dataset data) {
    Network network =
        Network.of(FEATURES)
            .dense(128, Activation.RELU, Penalty.l1(1e-4))
            .dropout(0.1)
            .dense(64, Activation.RELU, Penalty.l1(1e-4))
            .dense(1, Activation.SIGMOID);
    try (Backend backend = Backends.open("cuda")) {
      return Trainer.on(backend).batchSize(BATCH).epochs(EPOCHS).seed(9).fit(network, data);
    }
  }

  /** Opens a backend, uses it and closes it, over and over. */
  private static void cycle(int times) {
    float[] ones = new float[1 << 22];
    for (int i = 0; i < times; i++) {
      try (Backend backend = Backends.open("cuda")) {
        Matrix a = Matrix.of("a", backend.allocate(1 << 22), 1 << 11, 1 << 11);
        Matrix b = Matrix.of("b", backend.allocate(1 << 22), 1 << 11, 1 << 11);
        backend.write(ones, 0, a);
        backend.copy(a, b);
        backend.read(b, ones, 0);
        if (i % 2 == 0) {
          a.storage().close();
        }
      }
    }
  }

  /** The memory that the process has, from Linux's proc file system. */
  private static long residentBytes() throws IOException {
    Path statm = Path.of("/proc/self/statm");
    assumeTrue(Files.exists(statm), "no /proc here");
    return Long.parseLong(Files.readString(statm).split(" ", -1)[1]) * 4096;
  }
}
