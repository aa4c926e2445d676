package io.lariat.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.backend.Recording;
import io.lariat.cuda.emulation.Counters;
import io.lariat.cuda.emulation.Emulation;
import io.lariat.cuda.emulation.Setting;
import io.lariat.train.Training;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CPU emulation: what a recorded step costs in calls, and that all ways to run it agree. */
class EmulatedReplayTest {
  private static final CudaSettings AUTO = new CudaSettings(false, ReplayMode.AUTO, 1 << 26);

  @BeforeEach
  void begin() {
    Emulation.load();
    Emulation.reset();
  }

  @AfterEach
  void end() {
    Emulation.reset();
  }

  private static Counters of(CudaSettings settings, int epochs) {
    try (Backend backend = EmulatedGpu.open(settings)) {
      Emulation.reset();
      SmallTraining.run(backend, epochs);
      return Emulation.counters();
    }
  }

  /** What more epochs add is what epochs cost. */
  @Test
  void aStepIsTwoCopiesAndOneLaunchOfItsGraph() {
    int steps = steps();
    Counters two = of(EmulatedGpu.GRAPH, 2);
    Counters five = of(EmulatedGpu.GRAPH, 5);
    assertThat(five.graphLaunches() - two.graphLaunches()).isEqualTo(3L * steps);
    int readsOfAnEpoch = readsOfAnEpoch();
    assertThat(five.copies() - two.copies()).isEqualTo(3L * (2L * steps + readsOfAnEpoch));
  }

  @Test
  void aStepAsAProgramIsOneKernel() {
    int steps = steps();
    Counters two = of(EmulatedGpu.PROGRAM, 2);
    Counters five = of(EmulatedGpu.PROGRAM, 5);
    assertThat(five.graphLaunches()).isZero();
    Counters graph2 = of(EmulatedGpu.GRAPH, 2);
    Counters graph5 = of(EmulatedGpu.GRAPH, 5);
    long besidesSteps = graph5.launches() - graph2.launches();
    assertThat(five.launches() - two.launches()).isEqualTo(3L * steps + besidesSteps);
  }

  private static int steps() {
    int training = (int) (SmallTraining.ROWS * 0.9);
    return Math.ceilDiv(training, SmallTraining.BATCH);
  }

  /**
   * Row losses, penalties, three counts of zeros, the penalty of the two kernels that have one, row
   * losses of validation, and the parameters, which could be lost.
   */
  private static int readsOfAnEpoch() {
    return 8;
  }

  @Test
  void theTrialOfBothWaysGivesTheBitsOfEither() {
    int epochs = 50; // more replays of a full batch than the trial takes
    double[] graph;
    try (Backend backend = EmulatedGpu.open(EmulatedGpu.GRAPH)) {
      graph = SmallTraining.weights(SmallTraining.run(backend, epochs));
    }
    Emulation.reset();
    try (Backend backend = EmulatedGpu.open(AUTO)) {
      Training training = SmallTraining.run(backend, epochs);
      assertThat(SmallTraining.weights(training)).containsExactly(graph);
      assertThat(Emulation.counters().graphLaunches()).isPositive();
      assertThat(Emulation.counters().events()).as("the trial's events are gone").isEqualTo(10);
    }
    assertThat(Emulation.counters().held()).isZero();
  }

  /** Data that the device has no room for stays in the host's memory: same bits. */
  @Test
  void farDataGivesTheBitsOfNearData() {
    double[] near;
    try (Backend backend = EmulatedGpu.open(EmulatedGpu.GRAPH)) {
      assertThat(isFar(backend)).isFalse();
      near = SmallTraining.weights(SmallTraining.run(backend, 3));
    }
    Emulation.set(Setting.MEMORY, 300L << 20); // less than is kept free of data
    for (int seed = 1; seed <= 5; seed++) {
      Emulation.set(Setting.SEED, seed);
      try (Backend backend = EmulatedGpu.open(EmulatedGpu.GRAPH)) {
        assertThat(isFar(backend)).isTrue();
        assertThat(SmallTraining.weights(SmallTraining.run(backend, 3))).containsExactly(near);
      }
    }
    assertThat(Emulation.counters().held()).isZero();
  }

  private static boolean isFar(Backend backend) {
    try (var storage = backend.allocateData(100)) {
      return storage.isFar();
    }
  }

  @Test
  void aRecordingIsNotReplayedAfterItsMemoryIsFreed() {
    try (Backend backend = EmulatedGpu.open(EmulatedGpu.GRAPH)) {
      Matrix a = Matrix.of("a", backend.allocate(4), 2, 2);
      Matrix b = Matrix.of("b", backend.allocate(4), 2, 2);
      Recording recording = backend.record(() -> backend.activate(Activation.RELU, a, b));
      recording.replay();
      backend.allocate(7).close();
      recording.replay();
      a.storage().close();
      assertThatThrownBy(recording::replay)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
      recording.close();
      assertThatThrownBy(recording::replay).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whatFailsWhileItIsRecordedLeavesTheBackendUsable() {
    try (Backend backend = EmulatedGpu.open(EmulatedGpu.GRAPH)) {
      Matrix a = Matrix.of("a", backend.allocate(4), 2, 2);
      float[] host = {-1, 2, -3, 4};
      backend.write(host, 0, a);
      assertThatThrownBy(
              () ->
                  backend.record(
                      () -> {
                        backend.activate(Activation.RELU, a, a);
                        backend.read(a, new float[4], 0);
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("read: not inside a step that is being recorded");
      backend.activate(Activation.RELU, a, a);
      backend.read(a, host, 0);
      assertThat(host).containsExactly(0, 2, 0, 4);
    }
  }
}
