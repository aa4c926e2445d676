#include "cuda_shim.h"
#include "grid_state.h"

dim3 threadIdx, blockIdx, blockDim, gridDim;
float shared_pool[];

namespace emulation {

namespace {

// How often every thread may sleep while no other does anything: then what they wait for never comes.
const unsigned PATIENCE = 10000;

// All fibers and pools ever made; between grids none is in use. Never freed: a thread may still run as the process ends.
auto &fibers = *new std::vector<Fiber *>;
auto &pools = *new std::vector<Pool *>;

Grid *running = nullptr;
Fiber *starting = nullptr;

void entry() { running->work(starting); }

}  // namespace

// ---- the scheduler, on the caller's stack --------------------------------------------------------------------------

Result Grid::run() {
  running = this;
  FaultGuard guard([] { return running->insideKernel(); }, [](const Fault &fault) { running->onFault(fault); });
  blockDim = {launch.threads, 1, 1};
  gridDim = {launch.blocks, 1, 1};
  for (unsigned block : random.order(launch.blocks)) {
    begin(block);
    if (!launch.cooperative) {
      schedule();
      blocks.clear();
    }
    if (result.outcome != Outcome::done) {
      break;
    }
  }
  schedule();
  running = nullptr;
  return result;
}

void Grid::begin(unsigned index) {
  while (pools.size() <= blocks.size()) {
    pools.push_back(new Pool);
  }
  Pool *pool = pools[blocks.size()];
  pool->prepare(launch.sharedBytes);
  std::vector<Warp> warps((launch.threads + WARP - 1) / WARP);
  if (unsigned left = launch.threads % WARP) {
    warps.back().ended = ~0u << left;
  }
  blocks.push_back({index, pool, std::vector<Thread>(launch.threads), warps, launch.threads, {}, nullptr, 0});
  Block &block = blocks.back();
  for (unsigned t : random.order(launch.threads)) {
    block.threads[t] = {&block, t, nullptr, false, nullptr, 0, 0, 0, 0, 0};
    fresh.push_back(&block.threads[t]);
  }
  live += launch.threads;
  freshFirst = random.below(2) == 0;
}

void Grid::schedule() {
  while (live > 0 && result.outcome == Outcome::done) {
    // Even if ready ones come first: they may sleep until a fresh one wakes them.
    if (!fresh.empty() && (freshFirst || ready.empty() || random.below(8) == 0)) {
      resume(idleFiber());
    } else if (!ready.empty()) {
      Thread *thread = ready.front();
      ready.pop_front();
      enter(thread);
      resume(thread->fiber);
    } else {
      stuck();
    }
  }
}

Fiber *Grid::idleFiber() {
  if (idle.empty()) {
    if (fibersUsed == fibers.size()) {
      fibers.push_back(new Fiber);
    }
    starting = fibers[fibersUsed++];
    starting->prepare(entry);
    return starting;
  }
  Fiber *fiber = idle.back();
  idle.pop_back();
  return fiber;
}

void Grid::resume(Fiber *fiber) { emulation_switch(&scheduler, fiber->pointer); }

// ---- a thread's life, on fibers ------------------------------------------------------------------------------------

// One thread after another, so that threads that never wait cost no switch.
void Grid::work(Fiber *fiber) {
  for (;;) {
    while (!fresh.empty()) {
      Thread *thread = fresh.back();
      fresh.pop_back();
      thread->fiber = fiber;
      enter(thread);
      launch.kernel->run(launch.argument.data());
      end();
    }
    idle.push_back(fiber);
    emulation_switch(&fiber->pointer, scheduler);
  }
}

void Grid::enter(Thread *thread) {
  current = thread;
  threadIdx = {thread->index, 0, 0};
  blockIdx = {thread->block->index, 0, 0};
  emulation_running_pool = thread->block->pool->floats();
}

void Grid::end() {
  Thread &thread = *current;
  Block &block = *thread.block;
  current = nullptr;
  thread.ended = true;
  live--;
  block.live--;
  sleeps = 0;
  // Nobody waits for threads that ended.
  if (!block.waiting.empty() && block.waiting.size() == block.live) {
    release(block);
  }
  Warp &warp = block.warps[thread.index / WARP];
  warp.ended |= 1u << thread.index % WARP;
  for (unsigned lane = 0; lane < WARP && warp.waiting != 0; lane++) {
    if ((warp.waiting >> lane & 1) != 0) {
      complete(block, thread.index / WARP, lane);
    }
  }
}

void Grid::wait() {
  Thread *thread = current;
  current = nullptr;
  emulation_switch(&thread->fiber->pointer, scheduler);
}

void Grid::yield() {
  if (++sleeps > static_cast<uint64_t>(PATIENCE) * live) {
    fail(Outcome::failed, place(*current) + " sleeps for ever: what it waits for does not happen");
  }
  ready.push_back(current);
  wait();
}

Result run(const Launch &launch, Random &random) { return Grid(launch, random).run(); }

void barrier(const char *file, int line) { running->barrier(file, line); }

uint64_t exchange(const char *what, unsigned mask, uint64_t bits, unsigned source, int line) {
  return running->exchange(what, mask, bits, source, line);
}

void yield() { running->yield(); }

}  // namespace emulation
