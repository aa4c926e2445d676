package io.lariat.cuda.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.cuda.emulation.CheckDevice.Argument;
import io.lariat.cuda.emulation.CheckDevice.DevicePointer;
import io.lariat.cuda.emulation.CheckDevice.Pinned;
import java.nio.charset.StandardCharsets;
import jcuda.Pointer;
import jcuda.driver.CUdevice;
import jcuda.driver.CUfunction;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory, modules, lost devices, and what is counted of all that. */
class FaultsTest {
  private CheckDevice device;

  @BeforeEach
  void open() {
    device = new CheckDevice();
  }

  @AfterEach
  void close() {
    device.close();
  }

  @Test
  void memoryRunsOutAndComesBack() {
    Emulation.set(Setting.MEMORY, 10_000);
    DevicePointer most = device.allocate(9_000);
    long[] free = new long[1];
    long[] total = new long[1];
    JCudaDriver.cuMemGetInfo(free, total);
    assertThat(free[0]).isEqualTo(1_000);
    assertThat(total[0]).isEqualTo(10_000);
    CheckDevice.assertFails("CUDA_ERROR_OUT_OF_MEMORY", () -> device.allocate(1_001));
    JCudaDriver.cuMemFree(most);
    device.allocate(10_000);
  }

  @Test
  void copiesMustLieInOneAllocation() {
    DevicePointer memory = device.allocate(100);
    Pinned pinned = new Pinned(25);
    CheckDevice.assertFails(
        "CUDA_ERROR_INVALID_VALUE",
        () -> JCudaDriver.cuMemcpyHtoDAsync(memory, pinned, 104, device.stream));
    CheckDevice.assertFails(
        "CUDA_ERROR_INVALID_VALUE",
        () -> JCudaDriver.cuMemcpyDtoDAsync(memory.withByteOffset(4), memory, 100, device.stream));
    CheckDevice.assertFails(
        "CUDA_ERROR_INVALID_VALUE",
        () -> JCudaDriver.cuMemsetD32Async(memory, 0, 26, device.stream));
    JCudaDriver.cuMemcpyHtoDAsync(memory, pinned, 100, device.stream);
    JCudaDriver.cuStreamSynchronize(device.stream);
  }

  @Test
  void pinnedMemoryMustStayUntilTheCopyRan() {
    DevicePointer memory = device.allocate(100);
    Pinned pinned = new Pinned(25);
    JCudaDriver.cuMemcpyHtoDAsync(memory, pinned, 100, device.stream);
    JCudaDriver.cuMemFreeHost(pinned);
    CheckDevice.assertFails(
        "CUDA_ERROR_ILLEGAL_ADDRESS", () -> JCudaDriver.cuStreamSynchronize(device.stream));
  }

  @Test
  void memoryIsFreedOnceAndWholly() {
    DevicePointer memory = device.allocate(1000);
    CheckDevice.assertFails(
        "CUDA_ERROR_INVALID_VALUE", () -> JCudaDriver.cuMemFree(memory.withByteOffset(256)));
    JCudaDriver.cuMemFree(memory);
    CheckDevice.assertFails("CUDA_ERROR_INVALID_VALUE", () -> JCudaDriver.cuMemFree(memory));
  }

  @Test
  void whatIsWrittenJustBehindTheEndIsSeenWhenItIsFreed() {
    DevicePointer memory = device.allocate(1000);
    device.launch("check_fault", 1, 0, new Argument(0, memory.address(), 0, 250, 1));
    JCudaDriver.cuStreamSynchronize(device.stream);
    CheckDevice.assertFails("CUDA_ERROR_ILLEGAL_ADDRESS", () -> JCudaDriver.cuMemFree(memory));
    assertThat(Emulation.complaint()).contains("something was written beside");
  }

  @Test
  void freedMemoryIsIllegalForKernels() {
    DevicePointer in = device.holding(1, 2, 3);
    DevicePointer out = device.allocate(12);
    JCudaDriver.cuMemFree(in);
    device.launch("check_double", 1, 0, Argument.of(in, out, 3));
    CheckDevice.assertFails(
        "CUDA_ERROR_ILLEGAL_ADDRESS", () -> JCudaDriver.cuStreamSynchronize(device.stream));
    assertThat(Emulation.complaint()).contains("of device memory of 12 bytes that was freed");
  }

  @Test
  void aLostDeviceRefusesEveryCallUntilItsContextIsGone() {
    DevicePointer memory = device.holding(1, 2, 3);
    Emulation.set(Setting.LOSE_AFTER, 2);
    Emulation.set(Setting.LOSE_CODE, 214);
    for (int i = 0; i < 3; i++) {
      device.launch("check_double", 1, 0, Argument.of(memory, memory, 3)); // queued, not run
    }
    String code = "CUDA_ERROR_ECC_UNCORRECTABLE";
    CheckDevice.assertFails(code, () -> JCudaDriver.cuStreamSynchronize(device.stream));
    assertThat(Emulation.counters().kernels()).isEqualTo(2);
    CheckDevice.assertFails(code, () -> device.read(memory, 3));
    CheckDevice.assertFails(code, () -> JCudaDriver.cuMemFree(memory));
    CheckDevice.assertFails(code, device::stream);
    device.close();
    device = new CheckDevice();
    assertThat(device.read(device.holding(1, 2, 3), 3)).containsExactly(1, 2, 3);
  }

  @Test
  void theDriverMayRefuseToStart() {
    Emulation.set(Setting.INIT, 803);
    CheckDevice.assertFails("CUDA_ERROR_SYSTEM_DRIVER_MISMATCH", () -> JCudaDriver.cuInit(0));
    Emulation.set(Setting.INIT, 0);
    Emulation.set(Setting.DEVICES, 0);
    CheckDevice.assertFails("CUDA_ERROR_NO_DEVICE", () -> JCudaDriver.cuInit(0));
  }

  @ParameterizedTest
  @CsvSource({
    "8.6, 75, 32, CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
    "9.0, 75, 32, CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
    "7.0, 80, 32, CUDA_ERROR_INVALID_PTX",
  })
  void ptxMustSuitDriverAndDevice(String version, int target, int bytes, String code) {
    CheckDevice.assertFails(
        code,
        () ->
            JCudaDriver.cuModuleLoadData(new CUmodule(), CheckDevice.ptx(version, target, bytes)));
  }

  @Test
  void anImageThatIsOlderThanTheSourcesIsRefused() {
    CUmodule old = new CUmodule();
    JCudaDriver.cuModuleLoadData(old, CheckDevice.ptx("8.5", 75, 24));
    CheckDevice.assertFails(
        "CUDA_ERROR_INVALID_IMAGE",
        () -> JCudaDriver.cuModuleGetFunction(new CUfunction(), old, "check_pool"));
    CheckDevice.assertFails(
        "CUDA_ERROR_NOT_FOUND",
        () -> JCudaDriver.cuModuleGetFunction(new CUfunction(), old, "no_kernel"));
  }

  @Test
  void aModuleMustStayUntilItsKernelsRan() {
    DevicePointer memory = device.holding(1, 2, 3);
    device.launch("check_double", 1, 0, Argument.of(memory, memory, 3));
    JCudaDriver.cuModuleUnload(device.module);
    CheckDevice.assertFails(
        "CUDA_ERROR_LAUNCH_FAILED", () -> JCudaDriver.cuStreamSynchronize(device.stream));
  }

  @Test
  void sharedMemoryMustBeAskedFor() {
    DevicePointer memory = device.allocate(1024);
    CheckDevice.assertFails(
        "CUDA_ERROR_INVALID_VALUE",
        () -> device.launch("check_pool", 1, 48 * 1024 + 4, Argument.to(memory, 0)));
  }

  @Test
  void allThatIsHeldIsCounted() {
    Counters before = Emulation.counters();
    assertThat(before.held()).as("context, module, stream").isEqualTo(3);
    DevicePointer memory = device.allocate(100);
    Pinned pinned = new Pinned(10);
    device.event();
    JCudaDriver.cuStreamBeginCapture(
        device.stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_RELAXED);
    CUgraph graph = new CUgraph();
    JCudaDriver.cuStreamEndCapture(device.stream, graph);
    JCudaDriver.cuGraphInstantiate(new CUgraphExec(), graph, 0);
    assertThat(Emulation.counters())
        .returns(1L, Counters::allocations)
        .returns(100L, Counters::allocatedBytes)
        .returns(1L, Counters::pinned)
        .returns(40L, Counters::pinnedBytes)
        .returns(1L, Counters::streams)
        .returns(1L, Counters::events)
        .returns(1L, Counters::modules)
        .returns(1L, Counters::graphs)
        .returns(1L, Counters::graphExecutables)
        .returns(1L, Counters::contexts)
        .returns(0L, Counters::leaked)
        .returns(8L, Counters::held);
    JCudaDriver.cuMemFree(memory);
    JCudaDriver.cuMemFreeHost(pinned);
    JCudaDriver.cuGraphDestroy(graph);
    assertThat(Emulation.counters().held()).isEqualTo(5);
    JCudaDriver.cuMemcpyDtoH(Pointer.to(new float[1]), device.holding(1), 4);
    assertThat(Emulation.counters().copies()).isEqualTo(2);
    JCudaDriver.cuDevicePrimaryCtxRelease(device.device);
    assertThat(Emulation.counters()).returns(5L, Counters::leaked).returns(5L, Counters::held);
    Emulation.reset();
    assertThat(Emulation.counters().held()).isZero();
    device = new CheckDevice();
  }

  @Test
  void namesAndNumbersOfTheDevice() {
    byte[] name = new byte[100];
    JCudaDriver.cuDeviceGetName(name, name.length, device.device);
    assertThat(new String(name, StandardCharsets.UTF_8).strip().replace("\0", ""))
        .isEqualTo("CPU emulation");
    int[] value = new int[1];
    JCudaDriver.cuDriverGetVersion(value);
    assertThat(value[0]).isEqualTo(12060);
    JCudaDriver.cuDeviceGetCount(value);
    assertThat(value[0]).isEqualTo(1);
    CheckDevice.assertFails(
        "CUDA_ERROR_INVALID_DEVICE", () -> JCudaDriver.cuDeviceGet(new CUdevice(), 1));
  }
}
