// Runs a kernel's grid on the calling thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "random.h"
#include "registry.h"

namespace emulation {

struct Launch {
  const Kernel *kernel;
  unsigned blocks;
  unsigned threads;
  size_t sharedBytes;
  bool cooperative;
  std::vector<char> argument;
};

enum class Outcome { done, illegalAddress, misaligned, failed };

struct Result {
  Outcome outcome;
  /** What went wrong, in one sentence that names kernel, block and thread. */
  std::string complaint;
};

/**
 * Runs all blocks: one after another in a random order, or all at once if the launch is cooperative. Shared memory
 * begins as NaN. Threads run in a random order between barriers.
 */
Result run(const Launch &launch, Random &random);

}  // namespace emulation
