// All kernels of the backend: those of list.cuh, and run_program, which runs a whole recorded step. The functions
// behind the list are in the files that are included; each kernel has one parameter, a struct, which the host lays
// out in the same order (io.lariat.cuda.Arguments).
// __grid_constant__: functions that are not inlined get its address, not a copy.
#include "activations.cuh"
#include "grid.cuh"
#include "groups.cuh"
#include "list.cuh"
#include "losses.cuh"
#include "products.cuh"
#include "rows.cuh"
#include "updates.cuh"

using namespace lariat;

#define LARIAT_KERNEL(name, Args, function)                           \
  extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach) \
      name(const __grid_constant__ Args args) {                       \
    lariat::function(args, blockIdx.x);                               \
  }
LARIAT_KERNELS(LARIAT_KERNEL, LARIAT_KERNEL)

#define LARIAT_NOTHING(name, Args, function)

namespace lariat {

#define LARIAT_NUMBER(name, Args, function) name##_operation,
enum Operation { LARIAT_KERNELS(LARIAT_NUMBER, LARIAT_NOTHING) };

// An operation of a program.
struct Step {
  int operation;
  int waits;  // whether it needs what an earlier one since the last wait has written
  int first;  // the block that has its first tile, so that what needs no wait is done by others
  alignas(16) unsigned char args[144];
};

// A copy: in global memory they would be read again after every store.
template <typename Args>
__device__ __forceinline__ Args args_of(const Step& step) {
  static_assert(sizeof(Args) <= sizeof(step.args), "a step has room for its arguments");
  return *reinterpret_cast<const Args*>(step.args);
}

#define LARIAT_CASE(name, Args, function) \
  case name##_operation:                  \
    return function(args_of<Args>(step), block);

__device__ void run_step(const Step& step, unsigned block) {
  switch (step.operation) {
    LARIAT_KERNELS(LARIAT_CASE, LARIAT_NOTHING)
  }
}

struct Program {
  const Step* steps;
  unsigned* barrier;  // arrivals and generation; the arrivals are 0 before and after
  int count;
};

// Waits until all blocks of the grid have come here; what they wrote before is then seen.
__device__ void wait_for_all(unsigned* barrier) {
  __syncthreads();
  if (threadIdx.x == 0) {
    volatile unsigned* generation = barrier + 1;
    const unsigned before = *generation;
    __threadfence();
    if (atomicAdd(barrier, 1u) == gridDim.x - 1) {
      *reinterpret_cast<volatile unsigned*>(barrier) = 0;
      __threadfence();
      *generation = before + 1;
    } else {
      while (*generation == before) {
        __nanosleep(20);
      }
    }
    __threadfence();
  }
  __syncthreads();
}

}  // namespace lariat

// may spill: run_program
// A few registers: for one block more on each multiprocessor it has to do with 128.
//
// A recorded step in one launch. All blocks must run at once: it is launched cooperatively.
extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    run_program(const __grid_constant__ Program args) {
  for (int i = 0; i < args.count; i++) {
    if (args.steps[i].waits) {
      wait_for_all(args.barrier);
    }
    const unsigned first = args.steps[i].first;
    run_step(args.steps[i], (blockIdx.x + gridDim.x - first) % gridDim.x);
    __syncthreads();  // the pool is free for the next one
  }
}
