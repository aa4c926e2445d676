package io.lariat.cuda.emulation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jcuda.CudaException;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/**
 * A context on the emulated device with the kernels of {@code emulation_check.cu}, by JCuda as it
 * comes. Every call that fails is a {@link CudaException}.
 */
final class CheckDevice implements AutoCloseable {
  private static final int ARGUMENT_BYTES = 32;

  final CUdevice device = new CUdevice();
  final CUmodule module = new CUmodule();
  final CUstream stream;

  CheckDevice() {
    Emulation.load();
    JCudaDriver.setExceptionsEnabled(true);
    JCudaDriver.cuInit(0);
    JCudaDriver.cuDeviceGet(device, 0);
    CUcontext context = new CUcontext();
    JCudaDriver.cuDevicePrimaryCtxRetain(context, device);
    JCudaDriver.cuCtxSetCurrent(context);
    JCudaDriver.cuModuleLoadData(module, ptx(List.of("check_double")));
    stream = stream();
  }

  /** PTX that names kernels and has no code: the emulation has compiled that already. */
  static byte[] ptx(List<String> kernels) {
    StringBuilder text = new StringBuilder(".version 7.0\n.target sm_75\n.address_size 64\n");
    for (String kernel : kernels) {
      text.append(
          ".visible .entry %s(.param .align 8 .b8 %s_param_0[%d])\n"
              .formatted(kernel, kernel, ARGUMENT_BYTES));
      text.append(".maxntid 256, 1, 1\n{\nret;\n}\n");
    }
    return text.append('\0').toString().getBytes(StandardCharsets.US_ASCII);
  }

  CUstream stream() {
    CUstream made = new CUstream();
    JCudaDriver.cuStreamCreate(made, CUstream_flags.CU_STREAM_NON_BLOCKING);
    return made;
  }

  CUdeviceptr allocate(long floats) {
    CUdeviceptr address = new CUdeviceptr();
    JCudaDriver.cuMemAlloc(address, floats * Float.BYTES);
    return address;
  }

  /** Launches a kernel on a stream. */
  void launch(String kernel, int blocks, int sharedBytes, CUstream on, Argument argument) {
    CUfunction function = new CUfunction();
    JCudaDriver.cuModuleGetFunction(function, module, kernel);
    JCudaDriver.cuLaunchKernel(
        function, blocks, 1, 1, 256, 1, 1, sharedBytes, on, argument.parameters(), null);
  }

  /** The struct Check of {@code emulation_check.cu}. */
  record Argument(long in, long out, long counter, int count, int mode) {
    Pointer parameters() {
      ByteBuffer bytes = ByteBuffer.allocateDirect(ARGUMENT_BYTES).order(ByteOrder.nativeOrder());
      bytes.putLong(in).putLong(out).putLong(counter).putInt(count).putInt(mode);
      return Pointer.to(Pointer.to(bytes.rewind()));
    }
  }

  @Override
  public void close() {
    JCudaDriver.cuDevicePrimaryCtxRelease(device);
  }
}
