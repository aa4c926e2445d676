// Modules, kernels, launches.
#include <algorithm>
#include <cstring>

#include "driver.h"
#include "image.h"
#include "settings.h"

namespace emulation {

namespace {

const unsigned MOST_THREADS = 1024;
const size_t SHARED_WITHOUT_ASKING = 48 << 10;
// What the system takes of a block's shared memory since capability 8.0; taken on all, to be on the safe side.
const size_t SHARED_OF_SYSTEM = 1 << 10;

size_t sharedOfMultiprocessor() { return (settings.capability >= 90 ? 228 : 64) << 10; }

size_t sharedLimit() { return (settings.capability >= 90 ? 227 : 64) << 10; }

CUresult withFunction(Function *function, const std::function<CUresult(Context &)> &call) {
  return inContext([&](Context &context) {
    return driver().liveFunctions.count(function) == 0
               ? complain(CUDA_ERROR_INVALID_HANDLE, "a kernel that is none or whose module was unloaded")
               : call(context);
  });
}

CUresult codeOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::done:
      return CUDA_SUCCESS;
    case Outcome::illegalAddress:
      return CUDA_ERROR_ILLEGAL_ADDRESS;
    case Outcome::misaligned:
      return CUDA_ERROR_MISALIGNED_ADDRESS;
    case Outcome::failed:
      return CUDA_ERROR_LAUNCH_FAILED;
  }
  return CUDA_ERROR_UNKNOWN;
}

CUresult runKernel(Function *function, const Launch &launch) {
  if (driver().liveFunctions.count(function) == 0) {
    return complain(CUDA_ERROR_LAUNCH_FAILED, launch.kernel->name + ": its module was unloaded before it ran");
  }
  if (settings.lose_after == 0) {
    return complain(static_cast<CUresult>(settings.lose_code), launch.kernel->name + ": the device is lost, as was set");
  }
  if (settings.lose_after > 0) {
    settings.lose_after--;
  }
  counters.kernels++;
  Result result = run(launch, driver().random);
  return result.outcome == Outcome::done ? CUDA_SUCCESS : complain(codeOf(result.outcome), result.complaint);
}

unsigned blocksAtOnce(unsigned threads, size_t sharedBytes) {
  size_t byThreads = MOST_THREADS / std::max(1u, threads);
  size_t byShared = sharedOfMultiprocessor() / (sharedBytes + SHARED_OF_SYSTEM);
  return static_cast<unsigned>(std::min(byThreads, byShared));
}

CUresult launch(Function *function, const unsigned *grid, const unsigned *block, size_t sharedBytes, void *handle,
                void **parameters, bool cooperative) {
  return withFunction(function, [&](Context &context) {
    Stream *stream = streamOf(context, handle);
    if (stream == nullptr) {
      return CUDA_ERROR_INVALID_HANDLE;
    }
    const std::string &name = function->kernel->name;
    if (grid[0] == 0 || block[0] == 0 || block[0] > MOST_THREADS || parameters == nullptr) {
      return complain(CUDA_ERROR_INVALID_VALUE, name + ": launched with " + std::to_string(grid[0]) + " blocks of " +
                                                    std::to_string(block[0]) + " threads");
    }
    if (grid[1] != 1 || grid[2] != 1 || block[1] != 1 || block[2] != 1) {
      return complain(CUDA_ERROR_NOT_SUPPORTED, name + ": only one dimension is emulated");
    }
    if (function->maxThreads != 0 && block[0] > function->maxThreads) {
      return complain(CUDA_ERROR_INVALID_VALUE, name + ": " + std::to_string(block[0]) + " threads, at most " +
                                                    std::to_string(function->maxThreads) + " were promised");
    }
    if (sharedBytes > function->sharedLimit) {
      return complain(CUDA_ERROR_INVALID_VALUE, name + ": " + std::to_string(sharedBytes) +
                                                    " bytes of shared memory, at most " +
                                                    std::to_string(function->sharedLimit) + " were asked for");
    }
    if (cooperative && grid[0] > blocksAtOnce(block[0], sharedBytes) * settings.multiprocessors) {
      return complain(CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE, name + ": " + std::to_string(grid[0]) + " blocks");
    }
    auto *argument = static_cast<const char *>(parameters[0]);
    Launch launch{function->kernel, grid[0], block[0], sharedBytes, cooperative, {}};
    launch.argument.assign(argument, argument + function->kernel->argumentBytes);
    counters.launches++;
    return enqueue(*stream, [function, launch] { return runKernel(function, launch); });
  });
}

}  // namespace

}  // namespace emulation

using namespace emulation;

API CUresult cuModuleLoadData(Module **handle, const void *image) {
  return uncaptured([&](Context &context) {
    auto module = std::make_unique<Module>();
    module->context = &context;
    std::string why;
    CUresult code = readImage(image, settings.capability, settings.driver, module->kernels, why);
    if (code != CUDA_SUCCESS) {
      return complain(code, "a module was refused: " + why);
    }
    counters.modules++;
    driver().modules.insert(*handle = module.release());
    return CUDA_SUCCESS;
  });
}

API CUresult cuModuleLoadDataEx(Module **module, const void *image, unsigned, int *, void **) {
  return cuModuleLoadData(module, image);
}

API CUresult cuModuleUnload(Module *module) {
  return uncaptured([&](Context &) {
    if (driver().modules.erase(module) == 0) {
      return complain(CUDA_ERROR_INVALID_HANDLE, "a module that is none or was unloaded");
    }
    auto &functions = driver().liveFunctions;
    for (auto at = functions.begin(); at != functions.end();) {
      at = (*at)->module == module ? functions.erase(at) : std::next(at);
    }
    counters.modules--;
    return CUDA_SUCCESS;
  });
}

API CUresult cuModuleGetFunction(Function **handle, Module *module, const char *name) {
  return inContext([&](Context &) {
    if (driver().modules.count(module) == 0) {
      return complain(CUDA_ERROR_INVALID_HANDLE, "a module that is none or was unloaded");
    }
    auto entry = module->kernels.find(name);
    if (entry == module->kernels.end()) {
      return CUDA_ERROR_NOT_FOUND;
    }
    const Kernel *kernel = find(name);
    if (kernel == nullptr) {
      return complain(CUDA_ERROR_NOT_FOUND, std::string(name) + " is in the module but not in the sources: build it anew");
    }
    if (kernel->argumentBytes != entry->second.parameterBytes) {
      return complain(CUDA_ERROR_INVALID_IMAGE, std::string(name) + " has " + std::to_string(kernel->argumentBytes) +
                                                    " bytes of parameters in the sources, " +
                                                    std::to_string(entry->second.parameterBytes) +
                                                    " in the module: build it anew");
    }
    // CUDA gives the same handle each time.
    for (Function *function : driver().liveFunctions) {
      if (function->module == module && function->kernel == kernel) {
        *handle = function;
        return CUDA_SUCCESS;
      }
    }
    *handle = new Function{module, kernel, SHARED_WITHOUT_ASKING, entry->second.maxThreads};
    driver().liveFunctions.insert(*handle);
    return CUDA_SUCCESS;
  });
}

API CUresult cuFuncSetAttribute(Function *function, int attribute, int value) {
  return withFunction(function, [&](Context &) {
    if (attribute != CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES) {
      return complain(CUDA_ERROR_NOT_SUPPORTED, "function attribute " + std::to_string(attribute) + " is not emulated");
    }
    if (value < 0 || static_cast<size_t>(value) > sharedLimit()) {
      return CUDA_ERROR_INVALID_VALUE;
    }
    function->sharedLimit = value;
    return CUDA_SUCCESS;
  });
}

API CUresult cuFuncGetAttribute(int *value, int attribute, Function *function) {
  return withFunction(function, [&](Context &) {
    switch (attribute) {
      case CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK:
        *value = static_cast<int>(function->maxThreads == 0 ? MOST_THREADS : function->maxThreads);
        return CUDA_SUCCESS;
      case CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES:
        *value = 0;
        return CUDA_SUCCESS;
      case CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES:
        *value = static_cast<int>(function->sharedLimit);
        return CUDA_SUCCESS;
      default:
        return complain(CUDA_ERROR_NOT_SUPPORTED, "function attribute " + std::to_string(attribute) + " is not emulated");
    }
  });
}

API CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int *blocks, Function *function, int threads, size_t shared) {
  return withFunction(function, [&](Context &) {
    bool possible = shared <= function->sharedLimit && (function->maxThreads == 0 || threads <= static_cast<int>(function->maxThreads));
    *blocks = possible ? static_cast<int>(blocksAtOnce(threads, shared)) : 0;
    return CUDA_SUCCESS;
  });
}

API CUresult cuLaunchKernel(Function *function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX,
                            unsigned blockY, unsigned blockZ, unsigned sharedBytes, void *stream, void **parameters,
                            void **) {
  unsigned grid[] = {gridX, gridY, gridZ}, block[] = {blockX, blockY, blockZ};
  return launch(function, grid, block, sharedBytes, stream, parameters, false);
}

API CUresult cuLaunchCooperativeKernel(Function *function, unsigned gridX, unsigned gridY, unsigned gridZ,
                                       unsigned blockX, unsigned blockY, unsigned blockZ, unsigned sharedBytes,
                                       void *stream, void **parameters) {
  unsigned grid[] = {gridX, gridY, gridZ}, block[] = {blockX, blockY, blockZ};
  return launch(function, grid, block, sharedBytes, stream, parameters, true);
}

/** Queues work of another library: `run` gets a copy of the argument. */
API CUresult emulation_enqueue(void *handle, CUresult (*run)(const void *argument), const void *argument, size_t bytes) {
  return inContext([&](Context &context) {
    Stream *stream = streamOf(context, handle);
    if (stream == nullptr) {
      return CUDA_ERROR_INVALID_HANDLE;
    }
    auto *begin = static_cast<const char *>(argument);
    return enqueue(*stream, [run, copy = std::vector<char>(begin, begin + bytes)] { return run(copy.data()); });
  });
}

/** Whether bytes lie in one allocation of the current device; else a line says that they do not. */
API int emulation_in_device(CUdeviceptr address, size_t bytes, const char *what) {
  std::lock_guard<std::recursive_mutex> hold(driver().lock);
  Context *context = currentContext();
  return context != nullptr && inDevice(*context, address, bytes, what);
}
