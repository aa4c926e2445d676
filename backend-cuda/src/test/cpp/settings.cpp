#include "settings.h"

#include <cctype>
#include <cstdlib>
#include <map>
#include <string>

#include "driver.h"

namespace emulation {

Counters counters;
Settings settings;

namespace {

std::map<std::string, long long *> settingsByName() {
  return {
      {"init", &settings.init},
      {"devices", &settings.devices},
      {"memory", &settings.memory},
      {"driver", &settings.driver},
      {"capability", &settings.capability},
      {"multiprocessors", &settings.multiprocessors},
      {"seed", &settings.seed},
      {"eagerness", &settings.eagerness},
      {"lose_after", &settings.lose_after},
      {"lose_code", &settings.lose_code},
  };
}

std::map<std::string, long long *> countersByName() {
  return {
      {"allocations", &counters.allocations},
      {"allocated_bytes", &counters.allocated_bytes},
      {"pinned", &counters.pinned},
      {"pinned_bytes", &counters.pinned_bytes},
      {"streams", &counters.streams},
      {"events", &counters.events},
      {"modules", &counters.modules},
      {"graphs", &counters.graphs},
      {"graph_executables", &counters.graph_executables},
      {"contexts", &counters.contexts},
      {"blas", &counters.blas},
      {"leaked", &counters.leaked},
      {"launches", &counters.launches},
      {"graph_launches", &counters.graph_launches},
      {"copies", &counters.copies},
      {"waits", &counters.waits},
      {"kernels", &counters.kernels},
      {"nodes", &counters.nodes},
  };
}

void apply() { driver().random = Random(settings.seed); }

// From the environment, as soon as the library is there.
__attribute__((constructor)) void readEnvironment() {
  for (const auto &setting : settingsByName()) {
    std::string variable = "FAKE_CUDA_";
    for (char c : setting.first) {
      variable += static_cast<char>(toupper(c));
    }
    if (const char *value = getenv(variable.c_str())) {
      *setting.second = atoll(value);
    }
  }
  apply();
}

}  // namespace

}  // namespace emulation

using namespace emulation;

/** Sets a setting. Returns 0, or 1 if there is none of that name. */
API int emulation_set(const char *name, long long value) {
  std::lock_guard<std::recursive_mutex> hold(driver().lock);
  auto all = settingsByName();
  auto at = all.find(name);
  if (at == all.end()) {
    return 1;
  }
  *at->second = value;
  apply();
  return 0;
}

/** A counter or a setting, or -1 if there is none of that name. */
API long long emulation_get(const char *name) {
  std::lock_guard<std::recursive_mutex> hold(driver().lock);
  for (const auto &all : {settingsByName(), countersByName()}) {
    auto at = all.find(name);
    if (at != all.end()) {
      return *at->second;
    }
  }
  return -1;
}

/** Changes a counter; fake_cublas.cpp counts its handles so. */
API void emulation_count(const char *name, long long change) {
  std::lock_guard<std::recursive_mutex> hold(driver().lock);
  *countersByName().at(name) += change;
}

/** Copies the last complaint, shortened to `bytes` with its zero, and forgets it. */
API void emulation_complaint(char *text, long long bytes) {
  std::lock_guard<std::recursive_mutex> hold(driver().lock);
  std::string &complaint = driver().complaint;
  size_t length = complaint.copy(text, bytes - 1);
  text[length] = 0;
  complaint.clear();
}

/** Settings as the environment has them, and counts of calls zero. */
API void emulation_reset() {
  std::lock_guard<std::recursive_mutex> hold(driver().lock);
  settings = Settings();
  readEnvironment();
  counters.leaked = counters.launches = counters.graph_launches = counters.copies = counters.waits = 0;
  counters.kernels = counters.nodes = 0;
  driver().complaint.clear();
}
