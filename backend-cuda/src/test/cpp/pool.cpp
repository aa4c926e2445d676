#include "pool.h"

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace emulation {

static const size_t PAGE = 4096;

Pool::Pool() {
  void *all = mmap(nullptr, LIMIT + PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (all == MAP_FAILED || mprotect(all, LIMIT, PROT_READ | PROT_WRITE) != 0) {
    perror("CUDA emulation: shared memory");
    abort();
  }
  memory = static_cast<char *>(all);
  prepare(0);
}

void Pool::prepare(size_t bytes) {
  size_t whole = (bytes + 15) / 16 * 16;  // a float4 may lie at its begin
  char *at = memory + LIMIT - whole;
  memset(at, 0xff, whole);
  begin = reinterpret_cast<float (*)[]>(at);
}

}  // namespace emulation
