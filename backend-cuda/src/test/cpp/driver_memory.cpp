// Device memory, pinned memory, copies.
#include "memory.h"

#include <algorithm>
#include <cstring>

#include "driver.h"
#include "settings.h"

namespace emulation {

namespace {

const void *pointer(CUdeviceptr address) { return reinterpret_cast<const void *>(address); }

long long used(const Context &context) {
  long long bytes = 0;
  for (char *begin : allocationsOf(context.device)) {
    const Region *region = regionAt(begin);
    bytes += region->kind == Kind::device ? region->bytes : 0;
  }
  return bytes;
}

// Whether bytes lie in one live allocation of a kind; else it complains.
bool lies(const Context &context, const void *address, size_t bytes, Kind kind, const std::string &what) {
  const Region *region = regionAt(address);
  auto *at = static_cast<const char *>(address);
  if (region != nullptr && region->kind == kind && (kind == Kind::pinned || region->device == context.device) &&
      at + bytes <= region->begin + region->bytes) {
    return true;
  }
  complain(CUDA_ERROR_ILLEGAL_ADDRESS, what + ": " + std::to_string(bytes) + " bytes at " + describe(address) +
                                           (kind == Kind::device ? ", are no device memory" : ", are no pinned memory"));
  return false;
}

struct Side {
  Kind kind;
  const void *address;
};

Work copyWork(Context &context, Side from, Side to, size_t bytes, const char *what) {
  return [&context, from, to, bytes, what] {
    if (!lies(context, from.address, bytes, from.kind, what) || !lies(context, to.address, bytes, to.kind, what)) {
      return CUDA_ERROR_ILLEGAL_ADDRESS;
    }
    memmove(const_cast<void *>(to.address), from.address, bytes);
    return CUDA_SUCCESS;
  };
}

// A copy that waits in the queue. What is wrong now is refused now, as CUDA does; what becomes wrong, when it runs.
CUresult queueCopy(const char *what, Side from, Side to, size_t bytes, void *handle) {
  return inContext([&](Context &context) {
    Stream *stream = streamOf(context, handle);
    if (stream == nullptr) {
      return CUDA_ERROR_INVALID_HANDLE;
    }
    if (!lies(context, from.address, bytes, from.kind, what) || !lies(context, to.address, bytes, to.kind, what)) {
      return CUDA_ERROR_INVALID_VALUE;
    }
    counters.copies++;
    return enqueue(*stream, copyWork(context, from, to, bytes, what));
  });
}

// From memory that is not pinned CUDA copies before it returns, and the device gets it later.
CUresult queueStaged(const char *what, const void *from, CUdeviceptr to, size_t bytes, void *handle) {
  return inContext([&](Context &context) {
    Stream *stream = streamOf(context, handle);
    if (stream == nullptr) {
      return CUDA_ERROR_INVALID_HANDLE;
    }
    if (stream->capture != nullptr) {
      stream->capture->invalid = true;
      return complain(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, std::string(what) + " from memory that is not pinned");
    }
    if (!inDevice(context, to, bytes, what)) {
      return CUDA_ERROR_INVALID_VALUE;
    }
    counters.copies++;
    auto *begin = static_cast<const char *>(from);
    return enqueue(*stream, [&context, to, what, staged = std::vector<char>(begin, begin + bytes)] {
      if (!inDevice(context, to, staged.size(), what)) {
        return CUDA_ERROR_ILLEGAL_ADDRESS;
      }
      memcpy(reinterpret_cast<void *>(to), staged.data(), staged.size());
      return CUDA_SUCCESS;
    });
  });
}

// A copy that has been made when the call returns; the host's side may be any memory.
CUresult copyNow(const char *what, const void *from, bool fromDevice, void *to, bool toDevice, size_t bytes) {
  return uncaptured([&](Context &context) {
    if ((fromDevice && !lies(context, from, bytes, Kind::device, what)) ||
        (toDevice && !lies(context, to, bytes, Kind::device, what))) {
      return CUDA_ERROR_INVALID_VALUE;
    }
    counters.copies++;
    return runNow(context, [=] {
      memmove(to, from, bytes);
      return CUDA_SUCCESS;
    });
  });
}

CUresult freeMemory(const char *what, char *begin, Kind kind) {
  return uncaptured([&](Context &context) {
    const Region *region = regionAt(begin);
    if (region == nullptr || region->begin != begin || region->kind != kind) {
      return complain(CUDA_ERROR_INVALID_VALUE, std::string(what) + " of " + describe(begin));
    }
    if (kind == Kind::device) {
      counters.allocations--;
      counters.allocated_bytes -= region->bytes;
    } else {
      counters.pinned--;
      counters.pinned_bytes -= region->bytes;
    }
    std::string damage = release(begin);
    if (!damage.empty()) {
      return context.lost = complain(CUDA_ERROR_ILLEGAL_ADDRESS, damage);
    }
    return CUDA_SUCCESS;
  });
}

}  // namespace

bool inDevice(const Context &context, CUdeviceptr address, size_t bytes, const std::string &what) {
  return lies(context, pointer(address), bytes, Kind::device, what);
}

}  // namespace emulation

using namespace emulation;

API CUresult cuMemGetInfo_v2(size_t *free, size_t *total) {
  return inContext([&](Context &context) {
    *total = settings.memory;
    *free = std::max(0LL, settings.memory - used(context));
    return CUDA_SUCCESS;
  });
}

API CUresult cuMemAlloc_v2(CUdeviceptr *address, size_t bytes) {
  return uncaptured([&](Context &context) {
    if (bytes == 0) {
      return CUDA_ERROR_INVALID_VALUE;
    }
    long long left = settings.memory - used(context);
    char *begin = left < 0 || bytes > static_cast<size_t>(left) ? nullptr : allocate(bytes, Kind::device, context.device);
    if (begin == nullptr) {
      return CUDA_ERROR_OUT_OF_MEMORY;
    }
    counters.allocations++;
    counters.allocated_bytes += bytes;
    *address = reinterpret_cast<CUdeviceptr>(begin);
    return CUDA_SUCCESS;
  });
}

// Waits for all work first, as CUDA does.
API CUresult cuMemFree_v2(CUdeviceptr address) {
  if (address == 0) {
    return inContext([](Context &) { return CUDA_SUCCESS; });
  }
  return uncaptured([&](Context &context) {
    CUresult code = finishAll(context);
    return code != CUDA_SUCCESS ? code : freeMemory("cuMemFree", reinterpret_cast<char *>(address), Kind::device);
  });
}

API CUresult cuMemHostAlloc(void **address, size_t bytes, unsigned) {
  return uncaptured([&](Context &context) {
    if (bytes == 0) {
      return CUDA_ERROR_INVALID_VALUE;
    }
    char *begin = allocate(bytes, Kind::pinned, context.device);
    if (begin == nullptr) {
      return CUDA_ERROR_OUT_OF_MEMORY;
    }
    counters.pinned++;
    counters.pinned_bytes += bytes;
    *address = begin;
    return CUDA_SUCCESS;
  });
}

// Waits for nothing, as CUDA does not promise it.
API CUresult cuMemFreeHost(void *address) {
  return freeMemory("cuMemFreeHost", static_cast<char *>(address), Kind::pinned);
}

API CUresult cuMemHostRegister_v2(void *address, size_t bytes, unsigned) {
  return uncaptured([&](Context &context) {
    if (bytes == 0 || regionAt(address) != nullptr) {
      return CUDA_ERROR_INVALID_VALUE;
    }
    adopt(static_cast<char *>(address), bytes, context.device);
    counters.pinned++;
    counters.pinned_bytes += bytes;
    return CUDA_SUCCESS;
  });
}

API CUresult cuMemHostUnregister(void *address) {
  return freeMemory("cuMemHostUnregister", static_cast<char *>(address), Kind::pinned);
}

// A device has the addresses of the host.
API CUresult cuMemHostGetDevicePointer_v2(CUdeviceptr *at, void *address, unsigned) {
  const Region *region = regionAt(address);
  if (region == nullptr || region->kind != Kind::pinned) {
    return CUDA_ERROR_INVALID_VALUE;
  }
  *at = reinterpret_cast<CUdeviceptr>(address);
  return CUDA_SUCCESS;
}

API CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr to, const void *from, size_t bytes, void *stream) {
  std::lock_guard<std::recursive_mutex> hold(driver().lock);
  return regionAt(from) == nullptr ? queueStaged("cuMemcpyHtoDAsync", from, to, bytes, stream)
                                   : queueCopy("cuMemcpyHtoDAsync", {Kind::pinned, from}, {Kind::device, pointer(to)},
                                               bytes, stream);
}

API CUresult cuMemcpyDtoHAsync_v2(void *to, CUdeviceptr from, size_t bytes, void *stream) {
  return queueCopy("cuMemcpyDtoHAsync", {Kind::device, pointer(from)}, {Kind::pinned, to}, bytes, stream);
}

API CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr to, CUdeviceptr from, size_t bytes, void *stream) {
  return queueCopy("cuMemcpyDtoDAsync", {Kind::device, pointer(from)}, {Kind::device, pointer(to)}, bytes, stream);
}

API CUresult cuMemcpyHtoD_v2(CUdeviceptr to, const void *from, size_t bytes) {
  return copyNow("cuMemcpyHtoD", from, false, reinterpret_cast<void *>(to), true, bytes);
}

API CUresult cuMemcpyDtoH_v2(void *to, CUdeviceptr from, size_t bytes) {
  return copyNow("cuMemcpyDtoH", pointer(from), true, to, false, bytes);
}

API CUresult cuMemsetD32Async(CUdeviceptr address, unsigned word, size_t count, void *handle) {
  return inContext([&](Context &context) {
    Stream *stream = streamOf(context, handle);
    if (stream == nullptr) {
      return CUDA_ERROR_INVALID_HANDLE;
    }
    size_t bytes = count * sizeof word;
    if (address % sizeof word != 0 || !inDevice(context, address, bytes, "cuMemsetD32Async")) {
      return CUDA_ERROR_INVALID_VALUE;
    }
    return enqueue(*stream, [&context, address, word, count, bytes] {
      if (!inDevice(context, address, bytes, "cuMemsetD32Async")) {
        return CUDA_ERROR_ILLEGAL_ADDRESS;
      }
      std::fill_n(reinterpret_cast<unsigned *>(address), count, word);
      return CUDA_SUCCESS;
    });
  });
}
