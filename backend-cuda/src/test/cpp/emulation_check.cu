// Small kernels, right and wrong ones, that show what the emulation does. The tests in io.lariat.cuda.emulation
// launch them, 256 threads a block.

struct Check {
  const float *in;
  float *out;
  unsigned *counter;
  int count;
  int mode;
};

#define CHECK_KERNEL(name) extern "C" __global__ void __launch_bounds__(256) name(const Check c)

// out = in * 2
CHECK_KERNEL(check_double) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < c.count; i += gridDim.x * blockDim.x) {
    c.out[i] = c.in[i] * 2;
  }
}

// Each block's 256 numbers the other way round, by shared memory. Mode 1 forgets the barrier.
CHECK_KERNEL(check_reverse) {
  int first = blockIdx.x * 256;
  shared_pool[threadIdx.x] = c.in[first + threadIdx.x];
  if (c.mode == 0) {
    __syncthreads();
  }
  c.out[first + threadIdx.x] = shared_pool[255 - threadIdx.x];
}

// Sums over the warp in four ways, which all give the same.
CHECK_KERNEL(check_warp_sums) {
  const unsigned all = 0xffffffffu;
  float value = c.in[threadIdx.x];
  double by_xor = value;
  float by_down = value, by_index = 0;
  int lane = threadIdx.x % 32;
  for (int offset = 16; offset > 0; offset /= 2) {
    by_xor += __shfl_xor_sync(all, by_xor, offset);
    by_down += __shfl_down_sync(all, by_down, offset);
  }
  for (int l = 0; l < 32; l++) {
    by_index += __shfl_sync(all, value, l);
  }
  by_down = __shfl_sync(all, by_down, 0);
  float halves = value;
  unsigned half = lane < 16 ? 0x0000ffffu : 0xffff0000u;
  for (int offset = 8; offset > 0; offset /= 2) {
    halves += __shfl_xor_sync(half, halves, offset, 16);
  }
  __syncwarp();
  float other = __shfl_xor_sync(all, halves, 16);
  float *out = c.out + 4 * threadIdx.x;
  out[0] = static_cast<float>(by_xor);
  out[1] = by_down;
  out[2] = by_index;
  out[3] = halves + other;
}

// What a lane reads from one that is not in the mask: it must not be a number that seems right.
CHECK_KERNEL(check_absent_lane) {
  int lane = threadIdx.x % 32;
  c.out[threadIdx.x] = lane < 16 ? __shfl_sync(0x0000ffffu, 1.0f, 20) : 0;
}

// Threads that do not all come to the same barrier or shuffle, as mode says.
CHECK_KERNEL(check_divergence) {
  bool odd = threadIdx.x % 2 == 1;
  switch (c.mode) {
    case 0:  // those that have ended are not waited for
      if (odd) {
        return;
      }
      __syncthreads();
      break;
    case 1:  // two barriers
      if (odd) {
        __syncthreads();
      } else {
        __syncthreads();
      }
      break;
    case 2:  // a barrier and a shuffle
      if (odd) {
        __syncthreads();
      } else {
        __syncwarp();
      }
      break;
    case 3:  // a mask without the lane that uses it
      __syncwarp(0x0000ffffu);
      break;
    case 4:  // sleeps for something that does not happen
      while (*reinterpret_cast<volatile unsigned *>(c.counter) == 0) {
        __nanosleep(20);
      }
      break;
  }
  c.out[threadIdx.x] = 1;
}

// Shared memory that nobody has written.
CHECK_KERNEL(check_pool) { c.out[threadIdx.x] = shared_pool[threadIdx.x]; }

// What ends in a fault on a GPU, or would with compute-sanitizer, as mode says. Thread 3 of the last block does it.
CHECK_KERNEL(check_fault) {
  if (blockIdx.x + 1 != gridDim.x || threadIdx.x != 3) {
    return;
  }
  switch (c.mode) {
    case 0:  // behind the end of an allocation of a multiple of 256 bytes
      c.out[c.count] = 1;
      break;
    case 1:  // between the end and the next multiple of 256 bytes: seen when the memory is freed
      c.out[c.count] = 2;
      break;
    case 2:  // a null pointer
      c.out[0] = *reinterpret_cast<const float *>(c.counter);
      break;
    case 3:  // a float4 at an address that is no multiple of 16
      c.out[0] = reinterpret_cast<const float4 *>(c.in + 1)->x;
      break;
    case 4:  // an index of more than 31 bits
      c.out[0] = static_cast<float>(c.count * c.count);
      break;
    case 5:  // behind the end of shared memory
      shared_pool[c.count] = 1;
      break;
  }
}

// Every block adds 1 and waits for the others: out[block] is the number of blocks. To be launched cooperatively.
CHECK_KERNEL(check_grid_barrier) {
  if (threadIdx.x == 0) {
    atomicAdd(c.counter, 1u);
    while (*reinterpret_cast<volatile unsigned *>(c.counter) < gridDim.x) {
      __nanosleep(20);
    }
    __threadfence();
  }
  __syncthreads();
  if (threadIdx.x == 255) {
    c.out[blockIdx.x] = static_cast<float>(*c.counter);
  }
}

// out[i] = the place of block i in the order in which the blocks ran.
CHECK_KERNEL(check_block_order) {
  if (threadIdx.x == 0) {
    c.out[blockIdx.x] = static_cast<float>(atomicAdd(c.counter, 1u));
  }
}
