#include "fiber.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#ifndef __x86_64__
#error "JCuda's native libraries are for x86-64 only, and so is this"
#endif

// Six registers belong to the callee (System V ABI, figure 3.4); the rest the caller has saved.
asm(R"(
    .text
    .globl emulation_switch
    .hidden emulation_switch
    .type emulation_switch, @function
emulation_switch:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
    .size emulation_switch, . - emulation_switch
)");

namespace emulation {

static const size_t PAGE = 4096;

Fiber::Fiber() {
  void *all = mmap(nullptr, STACK_BYTES + 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (all == MAP_FAILED || mprotect(static_cast<char *>(all) + PAGE, STACK_BYTES, PROT_READ | PROT_WRITE) != 0) {
    perror("CUDA emulation: a fiber's stack");
    abort();
  }
  memory = static_cast<char *>(all) + PAGE;
}

bool Fiber::overflowedAt(const void *address) const {
  auto *at = static_cast<const char *>(address);
  return at >= memory - PAGE && at < memory;
}

void Fiber::prepare(void (*entry)()) {
  auto *slot = reinterpret_cast<uintptr_t *>(memory + STACK_BYTES);
  *--slot = 0;  // where a debugger's walk up the stack ends
  *--slot = reinterpret_cast<uintptr_t>(entry);
  for (int i = 0; i < 6; i++) {
    *--slot = 0;
  }
  pointer = slot;
}

}  // namespace emulation
