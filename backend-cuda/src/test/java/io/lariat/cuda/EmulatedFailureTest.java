package io.lariat.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.DeviceException;
import io.lariat.backend.Matrix;
import io.lariat.backend.Recording;
import io.lariat.backend.Storage;
import io.lariat.cuda.emulation.Counters;
import io.lariat.cuda.emulation.Emulation;
import io.lariat.cuda.emulation.Setting;
import io.lariat.model.Network;
import io.lariat.train.DeviceFailedException;
import io.lariat.train.StopReason;
import io.lariat.train.Training;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CPU emulation: what happens when the device has no room, fails, or is shared. */
class EmulatedFailureTest {
  private boolean losesDevice;

  @BeforeEach
  void begin() {
    Emulation.load();
    Emulation.reset();
  }

  /** A device that is lost frees nothing: then only the hold on it must be gone. */
  @AfterEach
  void nothingIsLeftBehind() {
    Counters counters = Emulation.counters();
    Emulation.reset();
    assertThat(losesDevice ? counters.contexts() : counters.held()).as("%s", counters).isZero();
  }

  private void loseDeviceAfter(long kernels) {
    losesDevice = true;
    Emulation.set(Setting.LOSE_AFTER, kernels);
  }

  private static Backend open() {
    return EmulatedGpu.open(EmulatedGpu.GRAPH);
  }

  // ---- no room ---------------------------------------------------------------------------------

  @Test
  void anAllocationWithoutRoomSaysHowMuchThereIsAndLeavesAllElseAlone() {
    Emulation.set(Setting.MEMORY, 64L << 20);
    try (Backend backend = open()) {
      Matrix a = Matrix.of("a", backend.allocate(3), 1, 3);
      backend.write(new float[] {1, 2, 3}, 0, a);
      assertThatExceptionOfType(DeviceException.class)
          .isThrownBy(() -> backend.allocate(16L << 20))
          .withMessageMatching(
              "the GPU has no room for 64 MiB more: \\d+ MiB of its 64 MiB are free; make the batch"
                  + " or the network smaller, end what else uses the GPU, or choose the backend"
                  + " simd");
      float[] found = new float[3];
      backend.read(a, found, 0);
      assertThat(found).containsExactly(1, 2, 3);
      backend.allocate(1 << 20).close();
    }
  }

  @Test
  void aTrainingWithoutRoomFreesAllAndTheNextOneRuns() {
    Emulation.set(Setting.MEMORY, 40L << 20);
    try (Backend backend = open()) {
      long before = Emulation.counters().allocatedBytes();
      Network wide =
          Network.of(SmallTraining.FEATURES)
              .dense(1 << 20, Activation.RELU)
              .dense(1, Activation.SIGMOID);
      assertThatThrownBy(() -> SmallTraining.trainer(backend, 1).fit(wide, SmallTraining.data()))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("of its 40 MiB are free");
      assertThat(Emulation.counters().allocatedBytes()).isEqualTo(before);
      Training after = SmallTraining.run(backend, 2);
      assertThat(after.stopReason()).isEqualTo(StopReason.COMPLETED);
    }
  }

  @Test
  void aDeviceThatIsFullCannotBeOpenedAndSaysSo() {
    Emulation.set(Setting.MEMORY, 6L << 20);
    assertThatThrownBy(EmulatedFailureTest::open)
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("the GPU has no room for a backend");
  }

  // ---- a lost device ---------------------------------------------------------------------------

  @Test
  void aDeviceLostInTheMiddleLeavesTheLastEpochsWeights() {
    double[] afterThree;
    long launches;
    try (Backend backend = open()) {
      afterThree = SmallTraining.weights(SmallTraining.run(backend, 3));
      launches = Emulation.counters().kernels();
    }
    Emulation.reset();
    loseDeviceAfter(launches + 5);
    try (Backend backend = open()) {
      assertThatExceptionOfType(DeviceFailedException.class)
          .isThrownBy(() -> SmallTraining.run(backend, 1000))
          .withMessageContaining("the GPU failed")
          .withMessageContaining("CUDA_ERROR_LAUNCH_FAILED (719)")
          .satisfies(
              e -> {
                Training kept = e.training();
                assertThat(kept.stopReason()).isEqualTo(StopReason.DEVICE_FAILED);
                assertThat(kept.history().epochs()).hasSize(3);
                assertThat(SmallTraining.weights(kept)).containsExactly(afterThree);
              });
    }
  }

  @Test
  void aDeviceLostInTheFirstEpochLeavesNothingToKeep() {
    loseDeviceAfter(10);
    try (Backend backend = open()) {
      assertThatThrownBy(() -> SmallTraining.run(backend, 3))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("the GPU failed");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {700, 714, 719, 999})
  void aLostDeviceCanOnlyBeClosed(int code) {
    loseDeviceAfter(0);
    Emulation.set(Setting.LOSE_CODE, code);
    try (Backend backend = open()) {
      Matrix a = Matrix.of("a", backend.allocate(4), 2, 2);
      Matrix sums = Matrix.of("sums", backend.allocate(2), 1, 2);
      assertThatThrownBy(
              () -> {
                backend.sumRows(a, sums);
                backend.read(sums, new float[2], 0);
              })
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("(" + code + ")");
      assertThatThrownBy(() -> backend.allocate(4)).isInstanceOf(DeviceException.class);
    }
  }

  // ---- several at once -------------------------------------------------------------------------

  @Test
  void twoTrainingsSideBySideGiveTheBitsOfOneAlone() throws Exception {
    double[] alone;
    try (Backend backend = open()) {
      alone = SmallTraining.weights(SmallTraining.run(backend, 4));
    }
    Callable<double[]> one =
        () -> {
          try (Backend backend = open()) {
            return SmallTraining.weights(SmallTraining.run(backend, 4));
          }
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<double[]> result : threads.invokeAll(List.of(one, one, one, one))) {
        assertThat(result.get()).containsExactly(alone);
      }
    }
  }

  @Test
  void backendsCloseInAnyOrder() {
    Backend first = open();
    Backend second = open();
    Storage ofFirst = first.allocate(8);
    first.close();
    double[] trained = SmallTraining.weights(SmallTraining.run(second, 2));
    Backend third = open();
    second.close();
    ofFirst.close();
    assertThat(SmallTraining.weights(SmallTraining.run(third, 2))).containsExactly(trained);
    third.close();
    third.close();
  }

  @Test
  void aBackendGoesFromThreadToThread() throws Exception {
    try (Backend backend = open();
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      double[] here = SmallTraining.weights(SmallTraining.run(backend, 2));
      for (int i = 0; i < 3; i++) {
        Training there = threads.submit(() -> SmallTraining.run(backend, 2)).get();
        assertThat(SmallTraining.weights(there)).containsExactly(here);
      }
    }
  }

  /** Host memory is held to this by {@code GpuSoakTest}: here the device itself is host memory. */
  @Test
  void aThousandCyclesHoldNothingAfterwards() {
    Counters before = Emulation.counters();
    for (int i = 0; i < 1000; i++) {
      Backend backend = open();
      Storage freed = backend.allocate(100);
      Matrix left = Matrix.of("left", backend.allocate(4), 2, 2);
      Recording recording = backend.record(() -> backend.activate(Activation.RELU, left, left));
      recording.replay();
      if (i % 2 == 0) {
        freed.close();
        recording.close();
      }
      backend.close();
    }
    assertThat(Emulation.counters().held()).isEqualTo(before.held());
    assertThat(Emulation.counters().allocatedBytes()).isZero();
    assertThat(Emulation.counters().pinnedBytes()).isZero();
  }
}
