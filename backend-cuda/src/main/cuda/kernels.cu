// All kernels of the backend: one for each operation, and run_program, which runs a whole recorded
// step. The operations themselves are in the files that are included; each has one parameter, a struct,
// which the host lays out in the same order (io.lariat.cuda.Arguments).
// __grid_constant__: functions that are not inlined get its address, not a copy.
#include "activations.cuh"
#include "grid.cuh"
#include "groups.cuh"
#include "losses.cuh"
#include "products.cuh"
#include "rows.cuh"
#include "updates.cuh"

using namespace lariat;

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    gather_rows(const __grid_constant__ MoveRows args) {
  lariat::gather_rows(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    scatter_rows(const __grid_constant__ MoveRows args) {
  lariat::scatter_rows(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    dropout(const __grid_constant__ Dropout args) {
  lariat::dropout(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    count_zeros(const __grid_constant__ CountZeros args) {
  lariat::count_zeros(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    sum_rows(const __grid_constant__ SumRows args) {
  lariat::sum_rows(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    activate(const __grid_constant__ Activate args) {
  lariat::activate(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    activate_grad(const __grid_constant__ ActivateGrad args) {
  lariat::activate_grad(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    softmax(const __grid_constant__ Softmax args) {
  lariat::softmax(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    softmax_grad(const __grid_constant__ SoftmaxGrad args) {
  lariat::softmax_grad(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    small_product_ab(const __grid_constant__ Product args) {
  lariat::small_product<kAB>(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    small_product_atb(const __grid_constant__ Product args) {
  lariat::small_product<kATB>(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    small_product_abt(const __grid_constant__ Product args) {
  lariat::small_product<kABT>(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    large_product_ab(const __grid_constant__ Product args) {
  lariat::large_product<kAB>(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    large_product_atb(const __grid_constant__ Product args) {
  lariat::large_product<kATB>(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    large_product_abt(const __grid_constant__ Product args) {
  lariat::large_product<kABT>(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    sparse_product(const __grid_constant__ SparseProduct args) {
  lariat::sparse_product(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    loss(const __grid_constant__ LossArgs args) {
  lariat::loss(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    update(const __grid_constant__ Update args) {
  lariat::update(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    shrink_rows(const __grid_constant__ ShrinkRows args) {
  lariat::shrink_rows(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    group_penalty(const __grid_constant__ GroupPenalty args) {
  lariat::group_penalty(args, blockIdx.x);
}

extern "C" __global__ void __launch_bounds__(kThreads, kBlocksEach)
    group_update(const __grid_constant__ GroupUpdate args) {
  lariat::group_update(args, blockIdx.x);
}

namespace lariat {

// The operations that a program may have, by the numbers of io.lariat.cuda.Kernel.
enum Operation {
  kGatherRowsOperation = 0,
  kScatterRowsOperation = 1,
  kDropoutOperation = 2,
  kCountZerosOperation = 3,
  kSumRowsOperation = 4,
  kActivateOperation = 5,
  kActivateGradOperation = 6,
  kSoftmaxOperation = 7,
  kSoftmaxGradOperation = 8,
  kSmallProductAbOperation = 9,
  kSmallProductAtbOperation = 10,
  kSmallProductAbtOperation = 11,
  kSparseProductOperation = 12,
  kLossOperation = 13,
  kUpdateOperation = 14,
  kShrinkRowsOperation = 15,
  kGroupPenaltyOperation = 16,
  kGroupUpdateOperation = 17,
};

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

__device__ void run_step(const Step& step, unsigned block) {
  switch (step.operation) {
    case kGatherRowsOperation:
      return gather_rows(args_of<MoveRows>(step), block);
    case kScatterRowsOperation:
      return scatter_rows(args_of<MoveRows>(step), block);
    case kDropoutOperation:
      return dropout(args_of<Dropout>(step), block);
    case kCountZerosOperation:
      return count_zeros(args_of<CountZeros>(step), block);
    case kSumRowsOperation:
      return sum_rows(args_of<SumRows>(step), block);
    case kActivateOperation:
      return activate(args_of<Activate>(step), block);
    case kActivateGradOperation:
      return activate_grad(args_of<ActivateGrad>(step), block);
    case kSoftmaxOperation:
      return softmax(args_of<Softmax>(step), block);
    case kSoftmaxGradOperation:
      return softmax_grad(args_of<SoftmaxGrad>(step), block);
    case kSmallProductAbOperation:
      return small_product<kAB>(args_of<Product>(step), block);
    case kSmallProductAtbOperation:
      return small_product<kATB>(args_of<Product>(step), block);
    case kSmallProductAbtOperation:
      return small_product<kABT>(args_of<Product>(step), block);
    case kSparseProductOperation:
      return sparse_product(args_of<SparseProduct>(step), block);
    case kLossOperation:
      return loss(args_of<LossArgs>(step), block);
    case kUpdateOperation:
      return update(args_of<Update>(step), block);
    case kShrinkRowsOperation:
      return shrink_rows(args_of<ShrinkRows>(step), block);
    case kGroupPenaltyOperation:
      return group_penalty(args_of<GroupPenalty>(step), block);
    case kGroupUpdateOperation:
      return group_update(args_of<GroupUpdate>(step), block);
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
