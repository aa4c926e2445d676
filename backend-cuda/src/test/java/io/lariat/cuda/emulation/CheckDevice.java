package io.lariat.cuda.emulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import jcuda.CudaException;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A context on the emulated device with the kernels of {@code emulation_check.cu}, by JCuda as it
 * comes. Every call that fails is a {@link CudaException}.
 */
final class CheckDevice implements AutoCloseable {
  /** Threads a block. */
  static final int THREADS = 256;

  private static final int ARGUMENT_BYTES = 32;
  private static final List<String> KERNELS =
      List.of(
          "check_double",
          "check_reverse",
          "check_warp_sums",
          "check_absent_lane",
          "check_divergence",
          "check_pool",
          "check_fault",
          "check_grid_barrier",
          "check_block_order");

  final CUdevice device = new CUdevice();
  final CUcontext context = new CUcontext();
  final CUmodule module = new CUmodule();
  final CUstream stream;

  CheckDevice() {
    Emulation.load();
    JCudaDriver.setExceptionsEnabled(true);
    JCudaDriver.cuInit(0);
    JCudaDriver.cuDeviceGet(device, 0);
    JCudaDriver.cuDevicePrimaryCtxRetain(context, device);
    JCudaDriver.cuCtxSetCurrent(context);
    JCudaDriver.cuModuleLoadData(module, ptx("7.0", 75, ARGUMENT_BYTES));
    stream = stream();
  }

  /** PTX that names kernels and has no code: the emulation has compiled that already. */
  static byte[] ptx(String version, int target, int argumentBytes) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, ".version %s\n.target sm_%d\n.address_size 64\n", version, target));
    for (String kernel : KERNELS) {
      text.append(
          String.format(
              Locale.ROOT,
              """
              .visible .entry %s(
              .param .align 8 .b8 %s_param_0[%d]
              )
              .maxntid %d, 1, 1
              {
              }
              """,
              kernel,
              kernel,
              argumentBytes,
              THREADS));
    }
    return text.append('\0').toString().getBytes(StandardCharsets.US_ASCII);
  }

  CUstream stream() {
    CUstream made = new CUstream();
    JCudaDriver.cuStreamCreate(made, CUstream_flags.CU_STREAM_NON_BLOCKING);
    return made;
  }

  CUevent event() {
    CUevent made = new CUevent();
    JCudaDriver.cuEventCreate(made, CUevent_flags.CU_EVENT_DISABLE_TIMING);
    return made;
  }

  /** Device memory. */
  DevicePointer allocate(long bytes) {
    DevicePointer address = new DevicePointer();
    JCudaDriver.cuMemAlloc(address, bytes);
    return address;
  }

  /** Device memory that holds these. */
  DevicePointer holding(float... values) {
    DevicePointer address = allocate((long) values.length * Float.BYTES);
    JCudaDriver.cuMemcpyHtoD(address, Pointer.to(values), (long) values.length * Float.BYTES);
    return address;
  }

  /** The numbers from 1 on. */
  static float[] counting(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  /** What lies in device memory, after the work of {@link #stream}. */
  float[] read(CUdeviceptr from, int count) {
    JCudaDriver.cuStreamSynchronize(stream);
    float[] values = new float[count];
    JCudaDriver.cuMemcpyDtoH(Pointer.to(values), from, (long) count * Float.BYTES);
    return values;
  }

  /** Launches a kernel on {@link #stream}. */
  void launch(String kernel, int blocks, int sharedBytes, Argument argument) {
    launch(kernel, blocks, sharedBytes, stream, argument);
  }

  /** Launches a kernel. */
  void launch(String kernel, int blocks, int sharedBytes, CUstream on, Argument argument) {
    JCudaDriver.cuLaunchKernel(
        function(kernel),
        blocks,
        1,
        1,
        THREADS,
        1,
        1,
        sharedBytes,
        on,
        argument.parameters(),
        null);
  }

  /** Launches a kernel whose blocks run at once. */
  void launchCooperative(String kernel, int blocks, Argument argument) {
    JCudaDriver.cuLaunchCooperativeKernel(
        function(kernel), blocks, 1, 1, THREADS, 1, 1, 0, stream, argument.parameters());
  }

  CUfunction function(String kernel) {
    CUfunction function = new CUfunction();
    JCudaDriver.cuModuleGetFunction(function, module, kernel);
    return function;
  }

  /** Expects that calls fail with a code of CUDA's. */
  static void assertFails(String code, ThrowingCallable calls) {
    assertThatThrownBy(calls).isInstanceOf(CudaException.class).hasMessageContaining(code);
  }

  /** The struct Check of {@code emulation_check.cu}. */
  record Argument(long in, long out, long counter, int count, int mode) {
    static Argument of(DevicePointer in, DevicePointer out, int count) {
      return new Argument(in.address(), out.address(), 0, count, 0);
    }

    /** To {@code out} alone. */
    static Argument to(DevicePointer out, int mode) {
      return new Argument(0, out.address(), 0, 0, mode);
    }

    Argument withMode(int other) {
      return new Argument(in, out, counter, count, other);
    }

    private Pointer parameters() {
      ByteBuffer bytes = ByteBuffer.allocateDirect(ARGUMENT_BYTES).order(ByteOrder.nativeOrder());
      bytes.putLong(in).putLong(out).putLong(counter).putInt(count).putInt(mode);
      return Pointer.to(Pointer.to(bytes.rewind()));
    }
  }

  /** Device memory whose address can be asked. */
  static final class DevicePointer extends CUdeviceptr {
    long address() {
      return getNativePointer();
    }
  }

  /** Pinned memory that can be read and written. */
  static final class Pinned extends Pointer {
    private final int count;

    Pinned(int count) {
      this.count = count;
      JCudaDriver.cuMemHostAlloc(this, (long) count * Float.BYTES, 0);
    }

    @SuppressWarnings("restricted")
    MemorySegment floats() {
      return MemorySegment.ofAddress(getNativePointer())
          .reinterpret((long) count * Float.BYTES, Arena.global(), null);
    }

    void fill(float value) {
      for (int i = 0; i < count; i++) {
        floats().setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
      }
    }

    float get(int index) {
      return floats().getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }
  }

  /** Lets go of the context, with all that the test made in it. */
  @Override
  public void close() {
    JCudaDriver.setExceptionsEnabled(false); // a lost device says so here too
    Emulation.reset(); // a test may have taken the device away
    JCudaDriver.cuDevicePrimaryCtxRelease(device);
    Emulation.reset(); // what was leaked
  }
}
