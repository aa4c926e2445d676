package io.lariat.cuda.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.cuda.emulation.CheckDevice.Argument;
import io.lariat.cuda.emulation.CheckDevice.DevicePointer;
import io.lariat.cuda.emulation.CheckDevice.Pinned;
import java.util.HashSet;
import java.util.Set;
import jcuda.Pointer;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work of streams runs when it must, and a missing wait shows. */
class DeferredWorkTest {
  private static final int COUNT = 64;
  private static final int BYTES = COUNT * Float.BYTES;

  private CheckDevice device;
  private DevicePointer in;
  private DevicePointer out;

  @BeforeEach
  void open() {
    device = new CheckDevice();
    in = device.allocate(BYTES);
    out = device.allocate(BYTES);
  }

  @AfterEach
  void close() {
    device.close();
  }

  @Test
  void freshMemoryIsNan() {
    assertThat(device.read(in, COUNT)).containsOnly(Float.NaN);
    assertThat(new Pinned(1).get(0)).isNaN();
  }

  @Test
  void nothingRunsBeforeSomebodyWaits() {
    Pinned result = new Pinned(COUNT);
    result.fill(-1);
    JCudaDriver.cuMemcpyHtoDAsync(
        in, Pointer.to(CheckDevice.counting(COUNT)), BYTES, device.stream);
    device.launch("check_double", 1, 0, Argument.of(in, out, COUNT));
    JCudaDriver.cuMemcpyDtoHAsync(result, out, BYTES, device.stream);
    assertThat(result.get(0)).isEqualTo(-1);
    assertThat(Emulation.counters().kernels()).isZero();
    JCudaDriver.cuStreamSynchronize(device.stream);
    assertThat(result.get(0)).isEqualTo(2);
    assertThat(Emulation.counters().kernels()).isEqualTo(1);
  }

  @Test
  void eagerWorkRunsAtOnce() {
    Emulation.set(Setting.EAGERNESS, 99);
    device.launch("check_double", 1, 0, Argument.of(in, out, COUNT));
    for (int i = 0; i < 20; i++) {
      JCudaDriver.cuMemsetD32Async(out, 0, COUNT, device.stream);
    }
    assertThat(Emulation.counters().kernels()).isEqualTo(1);
  }

  @Test
  void aStagingBufferThatIsUsedAgainTooEarlyShows() {
    Pinned staging = new Pinned(COUNT);
    staging.fill(1);
    JCudaDriver.cuMemcpyHtoDAsync(in, staging, BYTES, device.stream);
    staging.fill(2);
    assertThat(device.read(in, COUNT)).containsOnly(2);
  }

  @Test
  void memoryThatIsNotPinnedIsCopiedAtTheCall() {
    float[] values = CheckDevice.counting(COUNT);
    JCudaDriver.cuMemcpyHtoDAsync(in, Pointer.to(values), BYTES, device.stream);
    values[0] = 77;
    assertThat(device.read(in, COUNT)[0]).isEqualTo(1);
  }

  @Test
  void aCopyToMemoryThatIsNotPinnedIsRefused() {
    CheckDevice.assertFails(
        "CUDA_ERROR_INVALID_VALUE",
        () ->
            JCudaDriver.cuMemcpyDtoHAsync(Pointer.to(new float[COUNT]), in, BYTES, device.stream));
  }

  @Test
  void aMissingWaitOnAnotherStreamShows() {
    Set<Float> seen = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      seen.add(firstOfTwoStreams(seed, false));
    }
    assertThat(seen).as("right, and wrong").contains(2f, Float.NaN);
  }

  @Test
  void anEventMakesTheOrderSure() {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(firstOfTwoStreams(seed, true)).as("seed %d", seed).isEqualTo(2);
    }
  }

  /** One stream copies, the other doubles; only the other is waited for. */
  private float firstOfTwoStreams(int seed, boolean withEvent) {
    Emulation.set(Setting.SEED, seed);
    CUstream other = device.stream();
    DevicePointer from = device.allocate(BYTES);
    DevicePointer to = device.allocate(BYTES);
    JCudaDriver.cuMemcpyHtoDAsync(
        from, Pointer.to(CheckDevice.counting(COUNT)), BYTES, device.stream);
    if (withEvent) {
      CUevent copied = device.event();
      JCudaDriver.cuEventRecord(copied, device.stream);
      JCudaDriver.cuStreamWaitEvent(other, copied, 0);
    }
    device.launch("check_double", 1, 0, other, Argument.of(from, to, COUNT));
    JCudaDriver.cuStreamSynchronize(other);
    return device.read(to, COUNT)[0];
  }

  @Test
  void waitingForAnEventWaitsForWhatIsBeforeIt() {
    CUevent doubled = device.event();
    JCudaDriver.cuEventSynchronize(doubled); // never recorded: nothing to wait for
    Pinned result = new Pinned(COUNT);
    JCudaDriver.cuMemsetD32Async(in, Float.floatToIntBits(4), COUNT, device.stream);
    device.launch("check_double", 1, 0, Argument.of(in, out, COUNT));
    JCudaDriver.cuMemcpyDtoHAsync(result, out, BYTES, device.stream);
    JCudaDriver.cuEventRecord(doubled, device.stream);
    JCudaDriver.cuEventSynchronize(doubled);
    assertThat(result.get(COUNT - 1)).isEqualTo(8);
  }

  @Test
  void timedEventsTellTheTimeBetweenThem() {
    CUevent from = new CUevent();
    CUevent to = new CUevent();
    JCudaDriver.cuEventCreate(from, CUevent_flags.CU_EVENT_DEFAULT);
    JCudaDriver.cuEventCreate(to, CUevent_flags.CU_EVENT_DEFAULT);
    JCudaDriver.cuEventRecord(from, device.stream);
    device.launch("check_double", 1, 0, Argument.of(in, out, COUNT));
    JCudaDriver.cuEventRecord(to, device.stream);
    float[] milliseconds = new float[1];
    CheckDevice.assertFails(
        "CUDA_ERROR_NOT_READY", () -> JCudaDriver.cuEventElapsedTime(milliseconds, from, to));
    JCudaDriver.cuEventSynchronize(to);
    JCudaDriver.cuEventElapsedTime(milliseconds, from, to);
    assertThat(milliseconds[0]).isPositive();
    CheckDevice.assertFails(
        "CUDA_ERROR_INVALID_HANDLE",
        () -> JCudaDriver.cuEventElapsedTime(milliseconds, device.event(), to));
  }

  @Test
  void pollingComesToAnEnd() {
    CUevent last = device.event();
    device.launch("check_double", 1, 0, Argument.of(in, out, COUNT));
    JCudaDriver.cuEventRecord(last, device.stream);
    JCudaDriver.setExceptionsEnabled(false);
    int polls = 0;
    while (JCudaDriver.cuEventQuery(last) != 0 || JCudaDriver.cuStreamQuery(device.stream) != 0) {
      assertThat(++polls).isLessThan(10);
    }
    assertThat(polls).isPositive();
  }

  @Test
  void parametersAreCopiedAtTheCallAndStreamsMayBeDestroyedEarly() {
    CUstream other = device.stream();
    CUevent done = device.event();
    JCudaDriver.cuMemsetD32Async(in, Float.floatToIntBits(3), COUNT, other);
    device.launch("check_double", 1, 0, other, Argument.of(in, out, COUNT));
    JCudaDriver.cuEventRecord(done, other);
    JCudaDriver.cuStreamDestroy(other);
    JCudaDriver.cuStreamWaitEvent(device.stream, done, 0);
    assertThat(device.read(out, COUNT)).containsOnly(6);
    CheckDevice.assertFails(
        "CUDA_ERROR_INVALID_HANDLE", () -> JCudaDriver.cuStreamSynchronize(other));
  }

  @Test
  void aSynchronousCopyDoesNotWaitForNonBlockingStreams() {
    JCudaDriver.cuMemsetD32Async(in, 0, COUNT, device.stream);
    float[] values = new float[COUNT];
    boolean missed = false;
    for (int seed = 0; seed < 20; seed++) {
      Emulation.set(Setting.SEED, seed);
      JCudaDriver.cuMemsetD32Async(in, Float.floatToIntBits(seed), COUNT, device.stream);
      JCudaDriver.cuMemcpyDtoH(Pointer.to(values), in, BYTES);
      missed |= values[0] != seed;
    }
    assertThat(missed).isTrue();
  }
}
