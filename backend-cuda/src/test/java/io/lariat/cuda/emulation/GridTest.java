package io.lariat.cuda.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.cuda.emulation.CheckDevice.Argument;
import io.lariat.cuda.emulation.CheckDevice.DevicePointer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How blocks and threads run. */
class GridTest {
  private static final int SHARED_BYTES = 256 * Float.BYTES;

  private CheckDevice device;
  private DevicePointer out;

  @BeforeEach
  void open() {
    device = new CheckDevice();
    out = device.allocate(1024 * Float.BYTES);
  }

  @AfterEach
  void close() {
    device.close();
  }

  @Test
  void everyThreadOfEveryBlockRuns() {
    DevicePointer in = device.holding(CheckDevice.counting(1000));
    device.launch("check_double", 3, 0, Argument.of(in, out, 1000));
    float[] result = device.read(out, 1000);
    for (int i = 0; i < 1000; i++) {
      assertThat(result[i]).isEqualTo(2f * (i + 1));
    }
  }

  @Test
  void aBarrierLetsThreadsSeeWhatOthersWrote() {
    DevicePointer in = device.holding(CheckDevice.counting(1024));
    device.launch("check_reverse", 4, SHARED_BYTES, Argument.of(in, out, 1024));
    float[] result = device.read(out, 1024);
    for (int i = 0; i < 1024; i++) {
      assertThat(result[i]).as("%d", i).isEqualTo(i / 256 * 256 + 256 - i % 256);
    }
  }

  @Test
  void aMissingBarrierShowsAsNan() {
    DevicePointer in = device.holding(CheckDevice.counting(1024));
    device.launch("check_reverse", 4, SHARED_BYTES, Argument.of(in, out, 1024).withMode(1));
    assertThat(device.read(out, 1024)).contains(Float.NaN);
  }

  @Test
  void sharedMemoryBeginsAsNan() {
    for (int run = 0; run < 2; run++) {
      device.launch("check_pool", 2, SHARED_BYTES, Argument.to(out, 0));
      assertThat(device.read(out, 256)).containsOnly(Float.NaN);
    }
  }

  @Test
  void shufflesExchangeWithinTheWarp() {
    DevicePointer in = device.holding(CheckDevice.counting(256));
    device.launch("check_warp_sums", 1, 0, Argument.of(in, out, 256));
    float[] result = device.read(out, 1024);
    for (int i = 0; i < 1024; i++) {
      int warp = i / 4 / 32;
      float sum = 32 * 32 * warp + 32 * 33 / 2f; // of 32 warp + 1 to 32 warp + 32
      assertThat(result[i]).as("thread %d, way %d", i / 4, i % 4).isEqualTo(sum);
    }
  }

  @Test
  void aLaneOutsideTheMaskGivesNan() {
    device.launch("check_absent_lane", 1, 0, Argument.to(out, 0));
    float[] result = device.read(out, 32);
    assertThat(result[0]).isNaN();
    assertThat(result[16]).isZero();
  }

  @Test
  void threadsThatEndedAreNotWaitedFor() {
    device.launch("check_divergence", 2, 0, Argument.to(out, 0));
    float[] result = device.read(out, 2);
    assertThat(result[0]).isEqualTo(1);
    assertThat(result[1]).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "1, at the __syncthreads in line",
    "2, waits for ever",
    "3, is not in the mask of its __syncwarp",
    "4, sleeps for ever"
  })
  void divergenceIsAFailure(int mode, String complaint) {
    DevicePointer zero = device.holding(0);
    device.launch(
        "check_divergence", 1, 0, new Argument(0, out.address(), zero.address(), 0, mode));
    CheckDevice.assertFails(
        "CUDA_ERROR_LAUNCH_FAILED", () -> JCudaDriver.cuStreamSynchronize(device.stream));
    assertThat(Emulation.complaint())
        .startsWith("check_divergence: block 0 of 1, thread ")
        .contains(complaint);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1024, ILLEGAL_ADDRESS, 0 bytes behind the end of device memory of 4096 bytes",
    "2, 0, ILLEGAL_ADDRESS, which is no memory of the device",
    "3, 0, MISALIGNED_ADDRESS, a misaligned access",
    "4, 50000, MISALIGNED_ADDRESS, a signed overflow",
    "5, 256, ILLEGAL_ADDRESS, touched address"
  })
  void faultsAreReportedWithTheirPlace(int mode, int count, String code, String complaint) {
    DevicePointer in = device.holding(CheckDevice.counting(8));
    device.launch(
        "check_fault", 5, SHARED_BYTES, new Argument(in.address(), out.address(), 0, count, mode));
    CheckDevice.assertFails(code, () -> JCudaDriver.cuStreamSynchronize(device.stream));
    assertThat(Emulation.complaint())
        .startsWith("check_fault: block 4 of 5, thread 3")
        .contains(complaint);
    CheckDevice.assertFails(code, () -> device.allocate(4));
  }

  @Test
  void blocksOfACooperativeLaunchRunAtOnce() {
    DevicePointer zero = device.holding(0);
    device.launchCooperative(
        "check_grid_barrier", 16, new Argument(0, out.address(), zero.address(), 0, 0));
    assertThat(device.read(out, 16)).containsOnly(16);
  }

  @Test
  void blocksOfAnOrdinaryLaunchDoNot() {
    DevicePointer zero = device.holding(0);
    device.launch("check_grid_barrier", 2, 0, new Argument(0, out.address(), zero.address(), 0, 0));
    CheckDevice.assertFails(
        "CUDA_ERROR_LAUNCH_FAILED", () -> JCudaDriver.cuStreamSynchronize(device.stream));
  }

  @Test
  void aCooperativeLaunchMustFitTheDevice() {
    Argument argument = new Argument(0, out.address(), out.address(), 0, 0);
    Emulation.set(Setting.MULTIPROCESSORS, 2);
    CheckDevice.assertFails(
        "CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE",
        () -> device.launchCooperative("check_grid_barrier", 9, argument));
  }

  @Test
  void blocksRunInAnOrderThatTheSeedChooses() {
    Set<String> orders = new HashSet<>();
    for (int seed = 0; seed < 3; seed++) {
      String first = blockOrder(seed);
      assertThat(blockOrder(seed)).isEqualTo(first);
      orders.add(first);
    }
    assertThat(orders).hasSize(3);
  }

  private String blockOrder(int seed) {
    Emulation.set(Setting.SEED, seed);
    DevicePointer zero = device.holding(0);
    device.launch("check_block_order", 64, 0, new Argument(0, out.address(), zero.address(), 0, 0));
    float[] order = device.read(out, 64);
    assertThat(order).doesNotHaveDuplicates();
    return Arrays.toString(order);
  }

  /** Compiled code finds null by the same signal by which kernels' faults are found. */
  @Test
  void theJvmStillFindsNullPointers() {
    device.launch("check_pool", 1, SHARED_BYTES, Argument.to(out, 0));
    device.read(out, 1);
    float[] one = {1};
    float sum = 0;
    for (int i = 0; i < 200_000; i++) {
      sum += first(one);
    }
    assertThat(sum).isEqualTo(200_000);
    assertThatThrownBy(() -> first(null)).isInstanceOf(NullPointerException.class);
  }

  private static float first(float[] values) {
    return values[0];
  }

  @Test
  void moreThreadsThanTheKernelPromisedAreRefused() {
    CheckDevice.assertFails(
        "CUDA_ERROR_INVALID_VALUE",
        () ->
            JCudaDriver.cuLaunchKernel(
                device.function("check_pool"),
                1,
                1,
                1,
                2 * CheckDevice.THREADS,
                1,
                1,
                0,
                device.stream,
                Pointer.to(Pointer.to(new byte[32])),
                null));
  }
}
