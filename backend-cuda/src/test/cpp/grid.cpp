#include "grid.h"

#include <signal.h>

#include <cstdint>
#include <cstring>
#include <deque>

#include "cuda_shim.h"
#include "fault.h"
#include "fiber.h"
#include "memory.h"
#include "pool.h"

dim3 threadIdx, blockIdx, blockDim, gridDim;
float shared_pool[];

namespace emulation {

namespace {

const size_t STACK_BYTES = 128 << 10;
const unsigned WARP = 32;
// How often every thread may sleep while no other does anything: then what they wait for never comes.
const unsigned PATIENCE = 10000;
// What a thread reads from a lane that brought nothing: NaN.
const uint64_t NOTHING = ~uint64_t{0};

const char *const BARRIER = "__syncthreads";

struct Block;

struct Thread {
  Block *block;
  unsigned index;
  Fiber *fiber;
  bool ended;
  // While it waits: at what, in which line, and for a shuffle what it brings and from whom it takes.
  const char *waitsAt;
  int line;
  unsigned mask;
  unsigned source;
  uint64_t bits;
  uint64_t result;
};

// Of 32 lanes a bit each: those that wait for a shuffle, and those that have ended or never were.
struct Warp {
  unsigned waiting = 0;
  unsigned ended = 0;
};

struct Block {
  unsigned index;
  Pool *pool;
  std::vector<Thread> threads;
  std::vector<Warp> warps;
  unsigned live;
  // The threads at the barrier, and where that is.
  std::vector<Thread *> waiting;
  const char *file;
  int line;
};

// All fibers and pools ever made; between grids none is in use. Never freed: a thread may still run as the process ends.
auto &fibers = *new std::vector<Fiber *>;
auto &pools = *new std::vector<Pool *>;

}  // namespace

// The grid that runs. There is one at a time, under the driver's lock.
class Grid {
 public:
  Grid(const Launch &launch, Random &random) : launch(launch), random(random) {}

  Result run();

  // Called on fibers.
  void work(Fiber *fiber);
  void barrier(const char *file, int line);
  uint64_t exchange(const char *what, unsigned mask, uint64_t bits, unsigned source, int line);
  void yield();
  void onFault(const Fault &fault);
  bool insideKernel() const { return current != nullptr; }

 private:
  void begin(unsigned index);
  void schedule();
  Fiber *idleFiber();
  void resume(Fiber *fiber);
  void enter(Thread *thread);
  void end();
  void wait();
  void release(Block &block);
  bool complete(Block &block, unsigned warp, unsigned lane);
  void stuck();
  [[noreturn]] void fail(Outcome outcome, const std::string &why);
  std::string place(const Thread &thread) const;

  const Launch &launch;
  Random &random;
  std::deque<Block> blocks;
  // Threads that have not begun, threads that may go on, and how many have not ended.
  std::vector<Thread *> fresh;
  std::deque<Thread *> ready;
  unsigned live = 0;
  Thread *current = nullptr;
  bool freshFirst = true;
  // Fibers without a thread, and how many of all are this grid's.
  std::vector<Fiber *> idle;
  size_t fibersUsed = 0;
  uint64_t sleeps = 0;
  void *scheduler = nullptr;
  Result result{Outcome::done, ""};
};

namespace {

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
      fibers.push_back(new Fiber(STACK_BYTES));
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

// No thread can go on: all wait for threads that do not come.
void Grid::stuck() {
  for (Block &block : blocks) {
    for (Thread &thread : block.threads) {
      if (!thread.ended) {
        result = {Outcome::failed, place(thread) + " waits for ever: not all threads that it waits for came to its " +
                                       thread.waitsAt + " in line " + std::to_string(thread.line)};
        return;
      }
    }
  }
}

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

// ---- barriers and shuffles -----------------------------------------------------------------------------------------

void Grid::barrier(const char *file, int line) {
  Thread &thread = *current;
  Block &block = *thread.block;
  if (block.waiting.empty()) {
    block.file = file;
    block.line = line;
  } else if (block.line != line || strcmp(block.file, file) != 0) {
    fail(Outcome::failed, place(thread) + " is at the __syncthreads in line " + std::to_string(line) +
                              ", other threads of its block at that in line " + std::to_string(block.line));
  }
  thread.waitsAt = BARRIER;
  thread.line = line;
  block.waiting.push_back(&thread);
  if (block.waiting.size() == block.live) {
    release(block);
  }
  wait();
}

void Grid::release(Block &block) {
  sleeps = 0;
  // They go on in the order in which they came or the other way round.
  if (random.below(2) == 0) {
    ready.insert(ready.end(), block.waiting.begin(), block.waiting.end());
  } else {
    ready.insert(ready.end(), block.waiting.rbegin(), block.waiting.rend());
  }
  for (Thread *thread : block.waiting) {
    thread->waitsAt = nullptr;
  }
  block.waiting.clear();
}

uint64_t Grid::exchange(const char *what, unsigned mask, uint64_t bits, unsigned source, int line) {
  Thread &thread = *current;
  if ((mask >> thread.index % WARP & 1) == 0) {
    fail(Outcome::failed,
         place(thread) + " is not in the mask of its " + what + " in line " + std::to_string(line));
  }
  thread.waitsAt = what;
  thread.line = line;
  thread.mask = mask;
  thread.source = source;
  thread.bits = bits;
  unsigned warp = thread.index / WARP, lane = thread.index % WARP;
  thread.block->warps[warp].waiting |= 1u << lane;
  if (!complete(*thread.block, warp, lane)) {
    wait();
  }
  return thread.result;
}

// Lets the lanes that a waiting lane's mask names go on, if all of them have come to the same. False if not.
bool Grid::complete(Block &block, unsigned w, unsigned lane) {
  Warp &warp = block.warps[w];
  Thread *all = &block.threads[w * WARP];
  const Thread &first = all[lane];
  unsigned mask = first.mask;
  if (((warp.waiting | warp.ended) & mask) != mask) {
    return false;
  }
  unsigned present = mask & ~warp.ended;
  for (unsigned l = 0; l < WARP; l++) {
    if ((present >> l & 1) != 0 && (all[l].mask != mask || strcmp(all[l].waitsAt, first.waitsAt) != 0)) {
      return false;
    }
  }
  sleeps = 0;
  warp.waiting &= ~present;
  for (unsigned l = 0; l < WARP; l++) {
    if ((present >> l & 1) != 0) {
      unsigned source = all[l].source;
      all[l].result = source < WARP && (present >> source & 1) != 0 ? all[source].bits : NOTHING;
      all[l].waitsAt = nullptr;
      if (&all[l] != current) {
        ready.push_back(&all[l]);
      }
    }
  }
  return true;
}

// ---- failures ------------------------------------------------------------------------------------------------------

std::string Grid::place(const Thread &thread) const {
  return launch.kernel->name + ": block " + std::to_string(thread.block->index) + " of " +
         std::to_string(launch.blocks) + ", thread " + std::to_string(thread.index);
}

// Leaves the fiber for good; the grid's other fibers are never resumed either.
void Grid::fail(Outcome outcome, const std::string &why) {
  result = {outcome, why};
  current = nullptr;
  void *nowhere;
  emulation_switch(&nowhere, scheduler);
  __builtin_unreachable();
}

void Grid::onFault(const Fault &fault) {
  const Thread &thread = *current;
  std::string who = place(thread);
  if (fault.signal == SIGILL) {
    fail(Outcome::misaligned,
         who + " did what is undefined: a misaligned access, a signed overflow, an index out of bounds or a shift");
  } else if (fault.signal == SIGFPE) {
    fail(Outcome::failed, who + " divided an integer by zero");
  } else if (thread.fiber->overflowedAt(fault.address)) {
    fail(Outcome::failed, who + " needs a larger stack than " + std::to_string(STACK_BYTES) + " bytes");
  } else {
    fail(Outcome::illegalAddress, who + " touched " + describe(fault.address));
  }
}

Result run(const Launch &launch, Random &random) { return Grid(launch, random).run(); }

void barrier(const char *file, int line) { running->barrier(file, line); }

uint64_t exchange(const char *what, unsigned mask, uint64_t bits, unsigned source, int line) {
  return running->exchange(what, mask, bits, source, line);
}

void yield() { running->yield(); }

}  // namespace emulation
