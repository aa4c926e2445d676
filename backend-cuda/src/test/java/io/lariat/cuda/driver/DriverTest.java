package io.lariat.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lariat.cuda.emulation.Emulation;
import io.lariat.cuda.emulation.Setting;
import io.lariat.cuda.probe.JCudaLoader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every call of the driver by JCuda, on the CPU emulation. */
class DriverTest {
  private static final int THREADS = 256;
  private static final int COUNT = 1000;

  /** In which {@code emulation_check.cu} has the kernel {@code check_double}. */
  private static final byte[] PTX =
      """
      .version 7.0
      .target sm_75
      .address_size 64
      .visible .entry check_double(.param .align 8 .b8 check_double_param_0[32])
      .maxntid 256, 1, 1
      {
      ret;
      }
      \0\
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final Arena arena = Arena.ofShared();
  private Driver driver;
  private Driver.Context context;
  private Driver.Stream stream;
  private Driver.Module module;
  private Driver.Function twice;
  private long held;

  @BeforeEach
  void open() {
    Emulation.load();
    held = Emulation.counters().held();
    driver = JCudaLoader.driver();
    context = driver.retainContext(0);
    driver.setCurrent(context);
    stream = driver.createStream();
    module = driver.load(PTX);
    twice = driver.function(module, "check_double");
  }

  @AfterEach
  void close() {
    driver.unload(module);
    driver.destroy(stream);
    driver.releaseContext(context);
    arena.close();
    assertThat(Emulation.counters().held()).isEqualTo(held);
    Emulation.reset();
  }

  @Test
  void tellsWhatTheDeviceIs() {
    Emulation.set(Setting.CAPABILITY, 89);
    Emulation.set(Setting.MULTIPROCESSORS, 11);
    Emulation.set(Setting.DEVICES, 3);
    assertThat(driver.devices()).isEqualTo(3);
    assertThat(driver.version()).isEqualTo(12060);
    Driver.Device device = driver.device(2);
    assertThat(device.name()).isNotBlank().doesNotContain("\0");
    assertThat(List.of(device.major(), device.minor())).containsExactly(8, 9);
    assertThat(device.multiprocessors()).isEqualTo(11);
    assertThat(device.memory()).isEqualTo(4L << 30);
    assertFails(() -> driver.device(3), "cuDeviceGet gave CUDA_ERROR_INVALID_DEVICE (101)");
  }

  @Test
  void allocatesAndFrees() {
    long before = driver.freeMemory();
    long address = driver.allocate(1 << 20);
    assertThat(driver.freeMemory()).isLessThanOrEqualTo(before - (1 << 20));
    driver.free(address);
    assertThat(driver.freeMemory()).isEqualTo(before);
  }

  @Test
  void saysWhenMemoryIsExhaustedAndGoesOn() {
    assertThatExceptionOfType(DriverException.class)
        .isThrownBy(() -> driver.allocate(1L << 40))
        .matches(DriverException::isOutOfMemory)
        .matches(e -> e.code() == 2)
        .matches(e -> e.fact().equals("cuMemAlloc gave CUDA_ERROR_OUT_OF_MEMORY (2)"));
    driver.free(driver.allocate(16));
  }

  @Test
  void givesPinnedMemory() {
    MemorySegment pinned = driver.allocatePinned(4096);
    assertThat(pinned.byteSize()).isEqualTo(4096);
    assertThat(pinned.get(ValueLayout.JAVA_BYTE, 4095)).isZero();
    pinned.fill((byte) 7);
    assertThat(pinned.get(ValueLayout.JAVA_BYTE, 4095)).isEqualTo((byte) 7);
    driver.freePinned(pinned);
    assertThatThrownBy(() -> pinned.get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Data that a device has no room for is larger than what an int counts. */
  @Test
  void givesMorePinnedMemoryThanAnIntCounts() {
    long bytes = (1L << 31) + 4096;
    assumeTrue(Runtime.getRuntime().maxMemory() > 2 * bytes, "needs a JVM with 4 GiB of memory");
    MemorySegment pinned = driver.allocatePinned(bytes);
    pinned.set(ValueLayout.JAVA_INT, bytes - 4, 7);
    MemorySegment last = driver.allocatePinned(4);
    long onDevice = driver.allocate(4);
    driver.copyToDevice(pinned.address() + bytes - 4, onDevice, 4, stream);
    driver.copyToHost(onDevice, last.address(), 4, stream);
    driver.synchronize(stream);
    assertThat(last.get(ValueLayout.JAVA_INT, 0)).isEqualTo(7);
    driver.free(onDevice);
    driver.freePinned(last);
    driver.freePinned(pinned);
  }

  @Test
  void copiesBetweenAddressesAndNothingElse() {
    MemorySegment from = numbers(driver.allocatePinned(8 * 4));
    MemorySegment to = driver.allocatePinned(8 * 4);
    to.fill((byte) 0);
    long a = driver.allocate(8 * 4);
    long b = driver.allocate(8 * 4);
    driver.setZero(b, 8, stream);
    driver.copyToDevice(from.address(), a, 8 * 4, stream);
    driver.copyOnDevice(a + 4, b + 8, 5 * 4, stream);
    driver.setZero(b + 12, 2, stream);
    driver.copyToHost(b + 4, to.address() + 8, 6 * 4, stream);
    driver.synchronize(stream);
    assertThat(floats(to)).containsExactly(0, 0, 0, 1, 0, 0, 4, 5);
    driver.freePinned(from);
    driver.freePinned(to);
    driver.free(a);
    driver.free(b);
  }

  @Test
  void takesTheArgumentBeforeALaunchReturns() {
    try (Buffer buffer = new Buffer()) {
      MemorySegment argument = buffer.argument(0, COUNT / 2);
      driver.launch(twice, 3, THREADS, 0, stream, argument);
      argument.copyFrom(buffer.argument(COUNT / 2, COUNT / 2));
      driver.launchCooperative(twice, 2, THREADS, 64, stream, argument);
      argument.fill((byte) -1);
      assertThat(buffer.result()).containsExactly(powers(2));
    }
  }

  @Test
  void launchesFromSeveralThreads() throws Exception {
    int threads = 4;
    try (Buffer buffer = new Buffer();
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      int part = COUNT / threads;
      List<Callable<Void>> jobs =
          IntStream.range(0, threads)
              .<Callable<Void>>mapToObj(
                  i ->
                      () -> {
                        driver.setCurrent(context);
                        for (int j = i * part; j < (i + 1) * part; j += 5) {
                          driver.launch(twice, 1, THREADS, 0, stream, buffer.argument(j, 5));
                        }
                        return null;
                      })
              .toList();
      for (Future<Void> job : pool.invokeAll(jobs)) {
        job.get();
      }
      assertThat(buffer.result()).containsExactly(powers(2));
    }
  }

  @Test
  void countsTheBlocksOfAMultiprocessor() {
    assertThat(driver.blocksAtOnce(twice, THREADS, 0)).isBetween(1, 32);
    assertThat(driver.blocksAtOnce(twice, THREADS, 48 << 10))
        .isBetween(1, driver.blocksAtOnce(twice, THREADS, 0));
  }

  @Test
  void refusesWhatIsNoModuleAndNoKernel() {
    assertFails(
        () -> driver.function(module, "nothing"),
        "cuModuleGetFunction of nothing gave CUDA_ERROR_NOT_FOUND (500)");
    assertThatExceptionOfType(DriverException.class)
        .isThrownBy(() -> driver.load("no module\0".getBytes(StandardCharsets.US_ASCII)))
        .matches(e -> e.fact().startsWith("cuModuleLoadData gave CUDA_ERROR_INVALID"));
  }

  @Test
  void ordersStreamsByEventsAndTimesThem() {
    Driver.Stream other = driver.createStream();
    assertThat(other.address()).isNotEqualTo(stream.address()).isNotZero();
    Driver.Event start = driver.createEvent(true);
    Driver.Event end = driver.createEvent(true);
    Driver.Event untimed = driver.createEvent(false);
    try (Buffer buffer = new Buffer()) {
      driver.record(start, stream);
      driver.launch(twice, 4, THREADS, 0, stream, buffer.argument(0, COUNT));
      driver.record(untimed, stream);
      driver.await(untimed, other);
      driver.launch(twice, 4, THREADS, 0, other, buffer.argument(0, COUNT));
      driver.record(end, other);
      driver.synchronize(end);
      assertThat(buffer.result()).containsExactly(powers(4));
      assertThat(driver.elapsed(start, end)).isBetween(0f, 60_000f);
      assertFails(
          () -> driver.elapsed(start, untimed),
          "cuEventElapsedTime gave CUDA_ERROR_INVALID_HANDLE (400)");
    }
    driver.destroy(start);
    driver.destroy(end);
    driver.destroy(untimed);
    driver.destroy(other);
  }

  @Test
  void recordsAndRunsAGraph() {
    try (Buffer buffer = new Buffer()) {
      driver.beginCapture(stream);
      MemorySegment argument = buffer.argument(0, COUNT);
      driver.launch(twice, 4, THREADS, 0, stream, argument);
      argument.fill((byte) -1);
      Driver.Graph graph = driver.endCapture(stream);
      assertThat(Emulation.counters().graphs()).isZero();
      assertThat(buffer.result()).containsExactly(powers(1));
      for (int i = 0; i < 3; i++) {
        driver.launch(graph, stream);
      }
      assertThat(buffer.result()).containsExactly(powers(8));
      driver.destroy(graph);
    }
  }

  @Test
  void recordsAForkAndItsJoin() {
    Driver.Stream side = driver.createStream();
    Driver.Event fork = driver.createEvent(false);
    Driver.Event join = driver.createEvent(false);
    try (Buffer buffer = new Buffer()) {
      driver.beginCapture(stream);
      driver.record(fork, stream);
      driver.await(fork, side);
      driver.launch(twice, 1, THREADS, 0, stream, buffer.argument(0, COUNT / 2));
      driver.launch(twice, 1, THREADS, 0, side, buffer.argument(COUNT / 2, COUNT / 2));
      driver.record(join, side);
      driver.await(join, stream);
      driver.launch(twice, 1, THREADS, 0, stream, buffer.argument(0, COUNT));
      Driver.Graph graph = driver.endCapture(stream);
      assertThat(Emulation.counters().nodes()).isEqualTo(3);
      driver.launch(graph, stream);
      assertThat(buffer.result()).containsExactly(powers(4));
      driver.destroy(graph);
    }
    driver.destroy(fork);
    driver.destroy(join);
    driver.destroy(side);
  }

  @Test
  void saysWhenAForkWasNotJoined() {
    Driver.Stream side = driver.createStream();
    Driver.Event fork = driver.createEvent(false);
    try (Buffer buffer = new Buffer()) {
      driver.beginCapture(stream);
      driver.record(fork, stream);
      driver.await(fork, side);
      driver.launch(twice, 1, THREADS, 0, side, buffer.argument(0, COUNT));
      assertFails(
          () -> driver.endCapture(stream),
          "cuStreamEndCapture gave CUDA_ERROR_STREAM_CAPTURE_UNJOINED (904)");
      assertThat(buffer.result()).containsExactly(powers(1));
    }
    driver.destroy(fork);
    driver.destroy(side);
  }

  @Test
  void abandonsARecording() {
    try (Buffer buffer = new Buffer()) {
      driver.beginCapture(stream);
      driver.launch(twice, 1, THREADS, 0, stream, buffer.argument(0, COUNT));
      driver.abandonCapture(stream);
      assertThat(buffer.result()).containsExactly(powers(1));
    }
  }

  @Test
  void abandonsARecordingThatACallHasSpoilt() {
    try (Buffer buffer = new Buffer()) {
      driver.beginCapture(stream);
      assertThatThrownBy(() -> driver.synchronize(stream)).isInstanceOf(DriverException.class);
      driver.abandonCapture(stream);
      driver.launch(twice, 1, THREADS, 0, stream, buffer.argument(0, COUNT));
      assertThat(buffer.result()).containsExactly(powers(2));
    }
  }

  @Test
  void abandonsNothingThatWasNotBegun() {
    assertThatThrownBy(() -> driver.abandonCapture(stream)).isInstanceOf(DriverException.class);
  }

  private static void assertFails(Runnable call, String fact) {
    assertThatExceptionOfType(DriverException.class)
        .isThrownBy(call::run)
        .matches(e -> e.fact().equals(fact), fact)
        .matches(e -> !e.isOutOfMemory());
  }

  private static MemorySegment numbers(MemorySegment memory) {
    for (int i = 0; i < memory.byteSize() / Float.BYTES; i++) {
      memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, i);
    }
    return memory;
  }

  private static float[] floats(MemorySegment memory) {
    return memory.toArray(ValueLayout.JAVA_FLOAT);
  }

  /** The numbers from 0 times a factor. */
  private static float[] powers(float factor) {
    float[] expected = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      expected[i] = i * factor;
    }
    return expected;
  }

  /** The numbers from 0 on the device. */
  private final class Buffer implements AutoCloseable {
    private final long device = driver.allocate(COUNT * Float.BYTES);
    private final MemorySegment host = driver.allocatePinned(COUNT * Float.BYTES);

    Buffer() {
      numbers(host);
      driver.copyToDevice(host.address(), device, host.byteSize(), stream);
      driver.synchronize(stream);
      host.fill((byte) 0);
    }

    /** The struct Check of {@code emulation_check.cu}, for some of the numbers in place. */
    MemorySegment argument(int from, int count) {
      long address = device + (long) from * Float.BYTES;
      MemorySegment argument = arena.allocate(32, 8);
      argument.setAtIndex(ValueLayout.JAVA_LONG, 0, address);
      argument.setAtIndex(ValueLayout.JAVA_LONG, 1, address);
      argument.setAtIndex(ValueLayout.JAVA_INT, 6, count);
      return argument;
    }

    float[] result() {
      driver.copyToHost(device, host.address(), host.byteSize(), stream);
      driver.synchronize(stream);
      return floats(host);
    }

    @Override
    public void close() {
      driver.freePinned(host);
      driver.free(device);
    }
  }
}
