// Initialisation, devices and contexts.
#include <algorithm>
#include <cstdio>
#include <cstring>

#include "driver.h"
#include "memory.h"
#include "settings.h"

namespace emulation {

static thread_local Context *current = nullptr;

Driver &driver() {
  static Driver *all = new Driver;  // never destroyed: threads of the JVM may still call while the process ends
  return *all;
}

CUresult complain(CUresult code, const std::string &what) {
  fprintf(stderr, "CUDA emulation: %s\n", what.c_str());
  driver().complaint = what;
  return code;
}

Context *currentContext() { return current != nullptr && current->holders > 0 ? current : nullptr; }

CUresult inContext(const std::function<CUresult(Context &)> &call) {
  std::lock_guard<std::recursive_mutex> hold(driver().lock);
  if (!driver().initialised) {
    return CUDA_ERROR_NOT_INITIALIZED;
  }
  if (current == nullptr) {
    return CUDA_ERROR_INVALID_CONTEXT;
  }
  if (current->holders == 0) {
    return CUDA_ERROR_CONTEXT_IS_DESTROYED;
  }
  return current->lost != CUDA_SUCCESS ? current->lost : call(*current);
}

namespace {

CUresult initialised(const std::function<CUresult()> &call) {
  std::lock_guard<std::recursive_mutex> hold(driver().lock);
  return driver().initialised ? call() : CUDA_ERROR_NOT_INITIALIZED;
}

CUresult withDevice(CUdevice device, const std::function<CUresult(Context &)> &call) {
  return initialised([&] {
    if (device < 0 || device >= settings.devices) {
      return CUDA_ERROR_INVALID_DEVICE;
    }
    auto &contexts = driver().contexts;
    while (contexts.size() <= static_cast<size_t>(device)) {
      contexts.push_back(std::make_unique<Context>());
      Context &made = *contexts.back();
      made.device = static_cast<int>(contexts.size()) - 1;
      made.legacy = std::make_unique<Stream>();
      made.legacy->context = &made;
      made.legacy->blocking = true;
    }
    return call(*contexts[device]);
  });
}

// Takes those of a context out of a set, and says how many they were.
template <typename Handle, typename Belongs>
long long destroyAll(std::set<Handle *> &handles, const Belongs &belongs) {
  long long count = 0;
  for (auto at = handles.begin(); at != handles.end();) {
    if (belongs(**at)) {
      at = handles.erase(at);
      count++;
    } else {
      ++at;
    }
  }
  return count;
}

// What CUDA destroys with a context. The handles are never used again, so that calls with old ones are seen.
void destroy(Context &context) {
  if (context.lost == CUDA_SUCCESS) {
    finishAll(context);
  }
  drop(context);
  auto ours = [&](const auto &handle) { return handle.context == &context; };
  Driver &all = driver();
  long long streams = std::count_if(context.streams.begin(), context.streams.end(), [](Stream *s) { return !s->destroyed; });
  context.streams.clear();
  long long events = destroyAll(all.events, ours);
  long long graphs = destroyAll(all.graphs, ours), executables = destroyAll(all.executables, ours);
  destroyAll(all.liveFunctions, [&](const Function &function) { return ours(*function.module); });
  long long modules = destroyAll(all.modules, ours);
  for (auto at = all.captures.begin(); at != all.captures.end();) {
    at = (*at)->origin->context == &context ? all.captures.erase(at) : std::next(at);
  }
  long long allocations = 0, pinned = 0;
  for (char *begin : allocationsOf(context.device)) {
    const Region *region = regionAt(begin);
    (region->kind == Kind::device ? allocations : pinned)++;
    (region->kind == Kind::device ? counters.allocated_bytes : counters.pinned_bytes) -= region->bytes;
    release(begin);
  }
  long long leaked = streams + events + graphs + executables + modules + allocations + pinned;
  if (leaked > 0) {
    complain(CUDA_SUCCESS, "a context was let go of with " + std::to_string(allocations) + " allocations, " +
                               std::to_string(pinned) + " of pinned memory, " + std::to_string(streams) +
                               " streams, " + std::to_string(events) + " events, " + std::to_string(modules) +
                               " modules, " + std::to_string(graphs) + " graphs and " + std::to_string(executables) +
                               " executable graphs that nobody destroyed");
  }
  counters.allocations -= allocations;
  counters.pinned -= pinned;
  counters.streams -= streams;
  counters.events -= events;
  counters.modules -= modules;
  counters.graphs -= graphs;
  counters.graph_executables -= executables;
  counters.leaked += leaked;
  context.lost = CUDA_SUCCESS;
}

// CUdevice_attribute.
CUresult attribute(int which, int &value) {
  bool hopper = settings.capability >= 90;
  switch (which) {
    case 1:   // threads of a block
    case 2:   // in x
    case 39:  // threads of a multiprocessor
      value = 1024;
      return CUDA_SUCCESS;
    case 5:  // blocks in x
      value = 0x7fffffff;
      return CUDA_SUCCESS;
    case 8:  // shared bytes of a block
      value = 48 << 10;
      return CUDA_SUCCESS;
    case 10:  // threads of a warp
      value = 32;
      return CUDA_SUCCESS;
    case 16:
      value = static_cast<int>(settings.multiprocessors);
      return CUDA_SUCCESS;
    case 38:  // bytes of the L2 cache
      value = 4 << 20;
      return CUDA_SUCCESS;
    case 19:  // host memory can be mapped
    case 41:  // one address space
    case 95:  // cooperative launches
      value = 1;
      return CUDA_SUCCESS;
    case 75:
      value = static_cast<int>(settings.capability / 10);
      return CUDA_SUCCESS;
    case 76:
      value = static_cast<int>(settings.capability % 10);
      return CUDA_SUCCESS;
    case 81:  // shared bytes of a multiprocessor
      value = (hopper ? 228 : 64) << 10;
      return CUDA_SUCCESS;
    case 97:  // shared bytes of a block that asks for more
      value = (hopper ? 227 : 64) << 10;
      return CUDA_SUCCESS;
    default:
      return complain(CUDA_ERROR_INVALID_VALUE, "device attribute " + std::to_string(which) + " is not emulated");
  }
}

}  // namespace

}  // namespace emulation

using namespace emulation;

API CUresult cuInit(unsigned) {
  std::lock_guard<std::recursive_mutex> hold(driver().lock);
  if (settings.init != 0) {
    return static_cast<CUresult>(settings.init);
  }
  if (settings.devices == 0) {
    return CUDA_ERROR_NO_DEVICE;
  }
  driver().initialised = true;
  return CUDA_SUCCESS;
}

API CUresult cuDriverGetVersion(int *version) {
  *version = static_cast<int>(settings.driver);
  return CUDA_SUCCESS;
}

API CUresult cuGetErrorName(CUresult code, const char **name) {
  switch (code) {
#define CODE(value, number) \
  case value:               \
    *name = #value;         \
    return CUDA_SUCCESS;
    CUDA_CODES(CODE)
#undef CODE
  }
  *name = nullptr;
  return CUDA_ERROR_INVALID_VALUE;
}

API CUresult cuGetErrorString(CUresult code, const char **text) { return cuGetErrorName(code, text); }

API CUresult cuDeviceGetCount(int *count) {
  return initialised([&] {
    *count = static_cast<int>(settings.devices);
    return CUDA_SUCCESS;
  });
}

API CUresult cuDeviceGet(CUdevice *device, int ordinal) {
  return withDevice(ordinal, [&](Context &context) {
    *device = context.device;
    return CUDA_SUCCESS;
  });
}

API CUresult cuDeviceGetName(char *name, int bytes, CUdevice device) {
  return withDevice(device, [&](Context &) {
    snprintf(name, bytes, "CPU emulation");
    return CUDA_SUCCESS;
  });
}

API CUresult cuDeviceGetAttribute(int *value, int which, CUdevice device) {
  return withDevice(device, [&](Context &) { return attribute(which, *value); });
}

API CUresult cuDeviceTotalMem_v2(size_t *bytes, CUdevice device) {
  return withDevice(device, [&](Context &) {
    *bytes = settings.memory;
    return CUDA_SUCCESS;
  });
}

API CUresult cuDevicePrimaryCtxRetain(Context **handle, CUdevice device) {
  return withDevice(device, [&](Context &context) {
    if (context.lost != CUDA_SUCCESS) {
      return context.lost;
    }
    context.holders++;
    counters.contexts++;
    *handle = &context;
    return CUDA_SUCCESS;
  });
}

API CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device) {
  return withDevice(device, [&](Context &context) {
    if (context.holders == 0) {
      return CUDA_ERROR_INVALID_CONTEXT;
    }
    CUresult lost = context.lost;
    counters.contexts--;
    if (--context.holders == 0) {
      destroy(context);
    }
    return lost;
  });
}

API CUresult cuCtxSetCurrent(Context *context) {
  return initialised([&] {
    const auto &all = driver().contexts;
    bool known = context == nullptr || std::any_of(all.begin(), all.end(), [&](const auto &c) { return c.get() == context; });
    if (!known || (context != nullptr && context->holders == 0)) {
      return CUDA_ERROR_INVALID_CONTEXT;
    }
    current = context;
    return context == nullptr ? CUDA_SUCCESS : context->lost;
  });
}

API CUresult cuCtxGetCurrent(Context **context) {
  return initialised([&] {
    *context = current;
    return CUDA_SUCCESS;
  });
}

API CUresult cuCtxSynchronize() {
  return uncaptured([](Context &context) {
    counters.waits++;
    return finishAll(context);
  });
}
