package io.lariat.cuda.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.cuda.emulation.CheckDevice.Argument;
import io.lariat.cuda.emulation.CheckDevice.DevicePointer;
import io.lariat.cuda.emulation.CheckDevice.Pinned;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.JCudaDriver;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recording work as graphs. */
class CaptureTest {
  private static final int COUNT = 64;
  private static final int BYTES = COUNT * Float.BYTES;

  private CheckDevice device;
  private CUstream stream;
  private DevicePointer in;
  private DevicePointer out;

  @BeforeEach
  void open() {
    device = new CheckDevice();
    stream = device.stream;
    in = device.allocate(BYTES);
    out = device.allocate(BYTES);
  }

  @AfterEach
  void close() {
    device.close();
  }

  private void begin() {
    JCudaDriver.cuStreamBeginCapture(
        stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL);
  }

  private CUgraphExec end() {
    CUgraph graph = new CUgraph();
    JCudaDriver.cuStreamEndCapture(stream, graph);
    CUgraphExec executable = new CUgraphExec();
    JCudaDriver.cuGraphInstantiate(executable, graph, 0);
    JCudaDriver.cuGraphDestroy(graph);
    return executable;
  }

  private void fill(CUdeviceptr memory, float value, CUstream on) {
    JCudaDriver.cuMemsetD32Async(memory, Float.floatToIntBits(value), COUNT, on);
  }

  @Test
  void whatIsRecordedRunsAtEachLaunchAndNotBefore() {
    Pinned staging = new Pinned(COUNT);
    Pinned result = new Pinned(COUNT);
    begin();
    JCudaDriver.cuMemcpyHtoDAsync(in, staging, BYTES, stream);
    device.launch("check_double", 1, 0, Argument.of(in, out, COUNT));
    JCudaDriver.cuMemcpyDtoHAsync(result, out, BYTES, stream);
    CUgraphExec graph = end();
    JCudaDriver.cuStreamSynchronize(stream);
    assertThat(Emulation.counters().kernels()).isZero();
    assertThat(Emulation.counters().nodes()).isEqualTo(3);
    for (float value : new float[] {5, 6}) {
      staging.fill(value);
      JCudaDriver.cuGraphLaunch(graph, stream);
      JCudaDriver.cuStreamSynchronize(stream);
      assertThat(result.get(0)).isEqualTo(2 * value);
    }
    assertThat(Emulation.counters())
        .returns(2L, Counters::graphLaunches)
        .returns(1L, Counters::launches)
        .returns(2L, Counters::kernels);
  }

  @Test
  void anotherStreamJoinsThroughEvents() {
    for (int seed = 0; seed < 20; seed++) {
      Emulation.set(Setting.SEED, seed);
      assertThat(forked(true)).as("seed %d", seed).isEqualTo(6);
    }
  }

  @Test
  void aMissingDependencyInAGraphShows() {
    Set<Float> seen = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      Emulation.set(Setting.SEED, seed);
      seen.add(forked(false));
    }
    assertThat(seen).contains(6f).hasSizeGreaterThan(1);
  }

  /**
   * One stream fills with 3, the other doubles that; without {@code waits} for the filling, after
   * an event from before it.
   */
  private float forked(boolean waits) {
    CUstream side = device.stream();
    CUevent forked = device.event();
    CUevent joined = device.event();
    fill(in, 1, stream);
    begin();
    if (!waits) {
      JCudaDriver.cuEventRecord(forked, stream);
    }
    fill(in, 3, stream);
    if (waits) {
      JCudaDriver.cuEventRecord(forked, stream);
    }
    JCudaDriver.cuStreamWaitEvent(side, forked, 0);
    device.launch("check_double", 1, 0, side, Argument.of(in, out, COUNT));
    JCudaDriver.cuEventRecord(joined, side);
    JCudaDriver.cuStreamWaitEvent(stream, joined, 0);
    JCudaDriver.cuGraphLaunch(end(), stream);
    return device.read(out, COUNT)[0];
  }

  @Test
  void aStreamThatDidNotJoinIsAFailure() {
    CUstream side = device.stream();
    CUevent forked = device.event();
    begin();
    fill(in, 1, stream);
    JCudaDriver.cuEventRecord(forked, stream);
    JCudaDriver.cuStreamWaitEvent(side, forked, 0);
    fill(out, 1, side);
    CheckDevice.assertFails("CUDA_ERROR_STREAM_CAPTURE_UNJOINED", this::end);
    // The capture is over all the same.
    fill(out, 1, side);
    JCudaDriver.cuStreamSynchronize(side);
    begin();
    fill(in, 2, stream);
    JCudaDriver.cuGraphLaunch(end(), stream);
    assertThat(device.read(in, COUNT)[0]).isEqualTo(2);
  }

  @Test
  void forbiddenCallsEndTheRecording() {
    CUevent event = device.event();
    List<ThrowingCallable> forbidden =
        List.of(
            () -> JCudaDriver.cuStreamSynchronize(stream),
            () -> JCudaDriver.cuStreamQuery(stream),
            () -> JCudaDriver.cuCtxSynchronize(),
            () -> JCudaDriver.cuEventSynchronize(event),
            () -> device.allocate(4),
            () -> new Pinned(4),
            () -> JCudaDriver.cuMemFree(out),
            () -> device.holding(1),
            () -> JCudaDriver.cuModuleUnload(device.module),
            () -> JCudaDriver.cuStreamDestroy(stream));
    for (int i = 0; i < forbidden.size(); i++) {
      begin();
      fill(in, 1, stream);
      CheckDevice.assertFails("CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED", forbidden.get(i));
      CheckDevice.assertFails("CUDA_ERROR_STREAM_CAPTURE_INVALIDATED", () -> fill(in, 2, stream));
      CheckDevice.assertFails("CUDA_ERROR_STREAM_CAPTURE_INVALIDATED", this::end);
    }
    assertThat(Emulation.counters().graphs()).isZero();
  }

  @Test
  void anEventOfACaptureCannotBeWaitedForByTheHost() {
    CUevent event = device.event();
    JCudaDriver.cuStreamBeginCapture(stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_RELAXED);
    JCudaDriver.cuEventRecord(event, stream);
    CheckDevice.assertFails(
        "CUDA_ERROR_CAPTURED_EVENT", () -> JCudaDriver.cuEventSynchronize(event));
    CheckDevice.assertFails("CUDA_ERROR_STREAM_CAPTURE_INVALIDATED", this::end);
  }

  @Test
  void aCaptureCannotWaitForWorkOutsideIt() {
    CUevent outside = device.event();
    JCudaDriver.cuEventRecord(outside, device.stream());
    begin();
    CheckDevice.assertFails(
        "CUDA_ERROR_STREAM_CAPTURE_ISOLATION",
        () -> JCudaDriver.cuStreamWaitEvent(stream, outside, 0));
    CheckDevice.assertFails("CUDA_ERROR_STREAM_CAPTURE_INVALIDATED", this::end);
  }

  @Test
  void twoCapturesDoNotMerge() {
    CUstream other = device.stream();
    CUevent event = device.event();
    begin();
    JCudaDriver.cuStreamBeginCapture(
        other, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL);
    JCudaDriver.cuEventRecord(event, other);
    CheckDevice.assertFails(
        "CUDA_ERROR_STREAM_CAPTURE_MERGE", () -> JCudaDriver.cuStreamWaitEvent(stream, event, 0));
  }

  @Test
  void onlyTheStreamThatBeganEndsIt() {
    CUstream side = device.stream();
    CUevent forked = device.event();
    begin();
    JCudaDriver.cuEventRecord(forked, stream);
    JCudaDriver.cuStreamWaitEvent(side, forked, 0);
    CheckDevice.assertFails(
        "CUDA_ERROR_STREAM_CAPTURE_UNMATCHED",
        () -> JCudaDriver.cuStreamEndCapture(side, new CUgraph()));
    CheckDevice.assertFails("CUDA_ERROR_STREAM_CAPTURE_INVALIDATED", this::end);
    CheckDevice.assertFails("CUDA_ERROR_ILLEGAL_STATE", this::end);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void otherThreadsAreAffectedByAGlobalCaptureOnly(boolean global) throws InterruptedException {
    JCudaDriver.cuStreamBeginCapture(
        stream,
        global
            ? CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_GLOBAL
            : CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL);
    Set<String> failures = new HashSet<>();
    Thread other =
        new Thread(
            () -> {
              try {
                JCudaDriver.cuCtxSetCurrent(device.context);
                device.allocate(4);
              } catch (RuntimeException e) {
                failures.add(String.valueOf(e.getMessage()));
              }
            });
    other.start();
    other.join();
    assertThat(failures)
        .isEqualTo(global ? Set.of("CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED") : Set.of());
  }

  @Test
  void memoryThatIsFreedUnderAGraphIsIllegal() {
    begin();
    fill(in, 1, stream);
    CUgraphExec graph = end();
    JCudaDriver.cuMemFree(in);
    JCudaDriver.cuGraphLaunch(graph, stream);
    CheckDevice.assertFails(
        "CUDA_ERROR_ILLEGAL_ADDRESS", () -> JCudaDriver.cuStreamSynchronize(stream));
    assertThat(Emulation.complaint()).contains("that was freed");
  }
}
