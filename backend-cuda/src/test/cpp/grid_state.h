// The grid that runs: its blocks, warps and threads, and who goes on next.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "fault.h"
#include "fiber.h"
#include "grid.h"
#include "pool.h"

namespace emulation {

const unsigned WARP = 32;

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

}  // namespace emulation
