package io.lariat.cuda.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmulationTest {
  private CheckDevice device;

  @BeforeEach
  void open() {
    device = new CheckDevice();
  }

  @AfterEach
  void close() {
    device.close();
    Emulation.reset();
  }

  @Test
  void aKernelRuns() {
    CUdeviceptr in = device.allocate(1000);
    CUdeviceptr out = device.allocate(1000);
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    JCudaDriver.cuMemcpyHtoDAsync(in, Pointer.to(values), 4000, device.stream);
    device.launch(
        "check_double",
        3,
        0,
        device.stream,
        new CheckDevice.Argument(address(in), address(out), 0, 1000, 0));
    JCudaDriver.cuStreamSynchronize(device.stream);
    float[] result = new float[1000];
    JCudaDriver.cuMemcpyDtoH(Pointer.to(result), out, 4000);
    for (int i = 0; i < values.length; i++) {
      assertThat(result[i]).isEqualTo(2f * i);
    }
  }

  private static long address(CUdeviceptr pointer) {
    return Long.decode(pointer.toString().replaceAll(".*nativePointer=(0x[0-9a-fA-F]+).*", "$1"));
  }
}
