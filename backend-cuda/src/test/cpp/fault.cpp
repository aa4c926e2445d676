#include "fault.h"

#include <pthread.h>
#include <signal.h>
#include <ucontext.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace emulation {

namespace {

const int SIGNALS[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE};
const int KINDS = 4;

struct sigaction before[KINDS];
bool installed = false;

// The one guard that lives: there is one grid at a time.
bool guarded = false;
pthread_t thread;
bool (*insideKernel)();
void (*handlerOfFault)(const Fault &);
Fault fault;
stack_t stackBefore;

// The signal handler runs on the first stack, what it returns to on the second.
alignas(16) char signalStack[64 << 10];
alignas(16) char handlerStack[64 << 10];

void report() { handlerOfFault(fault); }

void passOn(int kind, int signal, siginfo_t *info, void *context) {
  const struct sigaction &old = before[kind];
  if (old.sa_flags & SA_SIGINFO) {
    old.sa_sigaction(signal, info, context);
  } else if (old.sa_handler != SIG_DFL && old.sa_handler != SIG_IGN) {
    old.sa_handler(signal);
  } else {
    sigaction(signal, &old, nullptr);  // the instruction faults again, and then as it would have
  }
}

void onSignal(int signal, siginfo_t *info, void *context) {
  if (guarded && pthread_equal(thread, pthread_self()) && insideKernel()) {
    fault = {signal, info->si_addr};
    // Returning from the signal goes on in report(), where the signal is no longer blocked.
    greg_t *registers = static_cast<ucontext_t *>(context)->uc_mcontext.gregs;
    registers[REG_RIP] = reinterpret_cast<greg_t>(report);
    registers[REG_RSP] = reinterpret_cast<greg_t>(handlerStack + sizeof handlerStack - 8);
    return;
  }
  for (int kind = 0; kind < KINDS; kind++) {
    if (SIGNALS[kind] == signal) {
      passOn(kind, signal, info, context);
    }
  }
}

// Once, and for good: a JVM that started after us would have put its own handlers before ours.
void install() {
  struct sigaction action = {};
  action.sa_sigaction = onSignal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
  for (int kind = 0; kind < KINDS; kind++) {
    if (sigaction(SIGNALS[kind], &action, &before[kind]) != 0) {
      perror("CUDA emulation: signal handler");
      abort();
    }
  }
  installed = true;
}

}  // namespace

FaultGuard::FaultGuard(bool (*inside)(), void (*handler)(const Fault &)) {
  if (!installed) {
    install();
  }
  insideKernel = inside;
  handlerOfFault = handler;
  thread = pthread_self();
  stack_t stack = {};
  stack.ss_sp = signalStack;
  stack.ss_size = sizeof signalStack;
  sigaltstack(&stack, &stackBefore);
  guarded = true;
}

FaultGuard::~FaultGuard() {
  guarded = false;
  sigaltstack(&stackBefore, nullptr);
}

}  // namespace emulation
