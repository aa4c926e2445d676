// Where threads wait for each other, and what becomes of those that wait in vain or do what they must not.
#include <signal.h>

#include <cstring>

#include "grid_state.h"
#include "memory.h"

namespace emulation {

namespace {

// What a thread reads from a lane that brought nothing: NaN.
const uint64_t NOTHING = ~uint64_t{0};

const char *const BARRIER = "__syncthreads";

}  // namespace

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
    fail(Outcome::failed, who + " needs a larger stack than " + std::to_string(Fiber::STACK_BYTES) + " bytes");
  } else {
    fail(Outcome::illegalAddress, who + " touched " + describe(fault.address));
  }
}

}  // namespace emulation
