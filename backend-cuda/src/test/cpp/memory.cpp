#include "memory.h"

#include <sys/mman.h>

#include <cstdio>
#include <cstring>
#include <deque>
#include <map>

namespace emulation {

namespace {

const size_t PAGE = 4096;
// What the driver aligns allocations to.
const size_t ALIGNMENT = 256;
// How many freed allocations are kept from being used again.
const size_t KEPT = 1000;

// The pages between which an allocation lies: as near to the end as its alignment allows.
struct Mapping {
  char *begin;
  size_t bytes;
};

struct Allocation {
  Region region;
  Mapping mapping;
};

size_t roundUp(size_t bytes, size_t to) { return (bytes + to - 1) / to * to; }

// Never destroyed: a thread may still run as the process ends.
auto &live = *new std::map<char *, Allocation>;
auto &freed = *new std::deque<Allocation>;

// The bytes between the allocation and the pages beside it are still NaN.
bool intact(const Allocation &allocation) {
  const char *at = allocation.mapping.begin + PAGE;
  const char *end = allocation.mapping.begin + allocation.mapping.bytes - PAGE;
  for (; at < end; at++) {
    if (at == allocation.region.begin) {
      at += allocation.region.bytes;
      if (at == end) {
        break;
      }
    }
    if (*at != '\xff') {
      return false;
    }
  }
  return true;
}

std::string distance(const Allocation &allocation, const char *at, const char *which) {
  const Region &region = allocation.region;
  const char *end = region.begin + region.bytes;
  char text[200];
  const char *kind = region.kind == Kind::device ? "device memory" : "pinned memory";
  if (at < region.begin) {
    snprintf(text, sizeof text, "%zu bytes before %s of %zu bytes%s", region.begin - at, kind, region.bytes, which);
  } else if (at >= end) {
    snprintf(text, sizeof text, "%zu bytes behind the end of %s of %zu bytes%s", at - end, kind, region.bytes, which);
  } else {
    snprintf(text, sizeof text, "byte %zu of %s of %zu bytes%s", at - region.begin, kind, region.bytes, which);
  }
  return text;
}

bool holds(const Mapping &mapping, const char *at) { return at >= mapping.begin && at < mapping.begin + mapping.bytes; }

}  // namespace

char *allocate(size_t bytes, Kind kind, int device) {
  size_t inside = roundUp(bytes, ALIGNMENT), pages = roundUp(inside, PAGE);
  void *all = mmap(nullptr, pages + 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (all == MAP_FAILED) {
    return nullptr;
  }
  Mapping mapping{static_cast<char *>(all), pages + 2 * PAGE};
  if (mprotect(mapping.begin + PAGE, pages, PROT_READ | PROT_WRITE) != 0) {
    munmap(all, mapping.bytes);
    return nullptr;
  }
  memset(mapping.begin + PAGE, 0xff, pages);
  char *begin = mapping.begin + PAGE + pages - inside;
  live[begin] = {{begin, bytes, kind, device}, mapping};
  return begin;
}

void adopt(char *begin, size_t bytes, int device) { live[begin] = {{begin, bytes, Kind::pinned, device}, {begin, 0}}; }

std::string release(char *begin) {
  Allocation allocation = live.at(begin);
  live.erase(begin);
  if (allocation.mapping.bytes == 0) {  // it was adopted
    return "";
  }
  std::string damage;
  if (!intact(allocation)) {
    damage = "something was written beside " + distance(allocation, begin, "");
  }
  char *inside = allocation.mapping.begin + PAGE;
  size_t pages = allocation.mapping.bytes - 2 * PAGE;
  if (allocation.region.kind == Kind::device) {
    madvise(inside, pages, MADV_DONTNEED);
    mprotect(inside, pages, PROT_NONE);
  } else {
    memset(inside, 0xff, pages);
  }
  freed.push_back(allocation);
  if (freed.size() > KEPT) {
    munmap(freed.front().mapping.begin, freed.front().mapping.bytes);
    freed.pop_front();
  }
  return damage;
}

const Region *regionAt(const void *address) {
  auto *at = static_cast<char *>(const_cast<void *>(address));
  auto after = live.upper_bound(at);
  if (after == live.begin()) {
    return nullptr;
  }
  const Region &region = (--after)->second.region;
  return at < region.begin + region.bytes ? &region : nullptr;
}

std::vector<char *> allocationsOf(int device) {
  std::vector<char *> begins;
  for (const auto &entry : live) {
    if (entry.second.region.device == device) {
      begins.push_back(entry.first);
    }
  }
  return begins;
}

std::string describe(const void *address) {
  auto *at = static_cast<const char *>(address);
  char text[40];
  snprintf(text, sizeof text, "address %p, ", address);
  for (const auto &entry : live) {
    if (holds(entry.second.mapping, at)) {
      return text + distance(entry.second, at, "");
    }
  }
  for (const Allocation &allocation : freed) {
    if (holds(allocation.mapping, at)) {
      return text + distance(allocation, at, " that was freed");
    }
  }
  return std::string(text) + "which is no memory of the device";
}

}  // namespace emulation
