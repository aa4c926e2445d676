package io.lariat.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Backend;
import io.lariat.backend.DeviceException;
import io.lariat.cuda.emulation.Counters;
import io.lariat.cuda.emulation.Emulation;
import io.lariat.cuda.emulation.Setting;
import io.lariat.train.FailedAllocationContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CPU emulation: no room for any one allocation of a run, nor of anything that a driver makes. */
class EmulatedFailedAllocationTest extends FailedAllocationContract {

  @BeforeEach
  void begin() {
    Emulation.load();
    Emulation.reset();
  }

  @AfterEach
  void nothingIsLeftBehind() {
    Counters counters = Emulation.counters();
    Emulation.reset();
    assertThat(counters.held()).as("%s", counters).isZero();
  }

  private static long held() {
    return Emulation.counters().held();
  }

  @Override
  protected Backend open() {
    return EmulatedGpu.open(EmulatedGpu.GRAPH);
  }

  /** Streams, events, graphs, modules, memory of both kinds: of an opening and of a run. */
  @ParameterizedTest
  @EnumSource
  void whateverTheDriverRefusesToMakeTheRestIsGivenBack(ReplayMode mode) {
    assertAllIsGivenBack(44, mode);
  }

  /** Then batches are fetched ahead, and rows for validation into a block of their own. */
  @Test
  void soItIsWhereDataStayInTheMemoryOfTheHost() {
    Emulation.set(Setting.MEMORY, 300L << 20); // less than is kept free of data
    assertAllIsGivenBack(47, ReplayMode.GRAPH);
  }

  private static void assertAllIsGivenBack(int least, ReplayMode mode) {
    FailingDriver failing = new FailingDriver();
    CudaSettings settings = new CudaSettings(false, mode, 1 << 26);
    int failures = 0;
    for (boolean fails = true; fails; failures += fails ? 1 : 0) {
      failing.failAt(failures + 1);
      fails = fails(failing, settings);
      assertThat(held()).as("held after failure %d", failures + 1).isZero();
    }
    assertThat(failures).as("things made").isGreaterThanOrEqualTo(least);
  }

  /** Whether a run fails, and the opened backend then has what it had before. */
  private static boolean fails(FailingDriver failing, CudaSettings settings) {
    Backend opened;
    try {
      opened = new CudaBackend(failing.driver(), 0, null, settings);
    } catch (DeviceException e) {
      return true;
    }
    try (Backend backend = opened) {
      long before = held();
      boolean fails = false;
      try {
        SmallTraining.run(backend, 1);
      } catch (DeviceException e) {
        fails = true;
      }
      assertThat(held()).as("held by the open backend").isEqualTo(before);
      return fails;
    }
  }
}
