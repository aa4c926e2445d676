// Kernels that show what the emulation does; EmulationTest launches them.

struct Check {
  const float *in;
  float *out;
  unsigned *counter;
  int count;
  int mode;
};

// out = in * 2
extern "C" __global__ void __launch_bounds__(256) check_double(const Check c) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < c.count; i += gridDim.x * blockDim.x) {
    c.out[i] = c.in[i] * 2;
  }
}
