// What the fake driver knows: devices, streams with their queues, events, captures, graphs, modules.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "codes.h"
#include "grid.h"
#include "image.h"
#include "random.h"

namespace emulation {

struct Stream;
struct Context;
struct Capture;

/** A piece of work: a kernel, a copy, an event. It returns what went wrong, and has then said it. */
using Work = std::function<CUresult()>;

/** Work in a stream's queue. */
struct Operation {
  Work work;
  Stream *stream;
  // What must be done before it, beside the work before it in its stream.
  std::vector<std::shared_ptr<Operation>> after;
  bool done = false;
};

struct Stream {
  Context *context;
  bool blocking;
  std::deque<std::shared_ptr<Operation>> queue;
  std::shared_ptr<Operation> last;
  // While it is captured: by what, and the nodes that its next work depends on.
  std::shared_ptr<Capture> capture;
  std::vector<size_t> frontier;
  bool destroyed = false;
};

struct Event {
  Context *context;
  bool timed;
  // The record that counts, and when it ran.
  std::shared_ptr<Operation> record;
  std::shared_ptr<double> milliseconds;
  // Where it was last recorded, if in a capture.
  std::shared_ptr<Capture> capture;
  std::vector<size_t> frontier;
};

struct Node {
  Work work;
  std::vector<size_t> after;
};

/** A recording; when it has ended, a graph. */
struct Capture {
  Stream *origin;
  int mode;
  std::thread::id thread;
  std::vector<Node> nodes;
  std::set<Stream *> streams;
  bool invalid = false;
};

/** A graph, or an executable one. */
struct Graph {
  Context *context;
  std::shared_ptr<const std::vector<Node>> nodes;
};

struct Module {
  Context *context;
  std::map<std::string, Entry> kernels;
};

struct Function {
  Module *module;
  const Kernel *kernel;
  /** The most bytes of shared memory that were asked for. */
  size_t sharedLimit;
  /** The most threads of a block, or 0 for any number. */
  unsigned maxThreads;
};

/** A device with its primary context. */
struct Context {
  int device;
  int holders = 0;
  // In the order of their making, so that a seed gives the same order of work in every run.
  std::vector<Stream *> streams;
  // Stream 0.
  std::unique_ptr<Stream> legacy;
  // What every call returns since something went wrong that cannot be put right.
  CUresult lost = CUDA_SUCCESS;
};

/** All there is. One lock guards it. */
struct Driver {
  std::recursive_mutex lock;
  bool initialised = false;
  std::vector<std::unique_ptr<Context>> contexts;
  std::set<Event *> events;
  std::set<Module *> modules;
  std::set<Function *> liveFunctions;
  std::set<Graph *> graphs;
  std::set<Graph *> executables;
  std::set<std::shared_ptr<Capture>> captures;
  Random random{1};
  std::string complaint;
};

Driver &driver();

/** A line on stderr, kept for the tests. Returns the code, for `return complain(...)`. */
CUresult complain(CUresult code, const std::string &what);

/** The context that is current in this thread, if it is alive. */
Context *currentContext();

/** Runs a call under the lock if there is a context that works; else returns why not. */
CUresult inContext(const std::function<CUresult(Context &)> &call);

/** The same for calls that CUDA forbids while there is a capture: they make it invalid. */
CUresult uncaptured(const std::function<CUresult(Context &)> &call);

// ---- streams (driver_stream.cpp) -----------------------------------------------------------------------------------

/** The stream of a handle, or null. */
Stream *streamOf(Context &context, void *handle);

/** Puts work into a stream's queue, or into the graph that is recorded from it. */
CUresult enqueue(Stream &stream, Work work);

/** Puts work into a stream's queue, though it may be captured. */
std::shared_ptr<Operation> append(Stream &stream, Work work);

/** Runs what may run before anybody waits for it, as the settings say, and what must if there is too much. */
CUresult mayRun(Context &context, Stream &stream);

/** Runs the next work of some stream. */
CUresult stepAny(Context &context);

/** The same as inContext for a stream that is alive. */
CUresult withStream(void *handle, const std::function<CUresult(Context &, Stream &)> &call);

/** Runs what must run until an operation is done. */
CUresult finish(Context &context, const std::shared_ptr<Operation> &operation);

/** Runs all work of a device. */
CUresult finishAll(Context &context);

/** Runs work as if on stream 0, at once: after the work of blocking streams, but not of others. */
CUresult runNow(Context &context, const Work &work);

/** Drops all work that has not run. */
void drop(Context &context);

// ---- captures (driver_capture.cpp) ---------------------------------------------------------------------------------

/** Adds a node to the recording of a stream. */
CUresult capture(Stream &stream, Work work);

/** Lets a stream wait for an event where one of them is captured. */
CUresult waitInCapture(Stream &stream, Event &event);

/** Makes all recordings of a device invalid. */
void breakCaptures(Context &context);

// ---- memory (driver_memory.cpp) ------------------------------------------------------------------------------------

/** Whether bytes lie in one live allocation of the device; else it complains. */
bool inDevice(const Context &context, CUdeviceptr address, size_t bytes, const std::string &what);

}  // namespace emulation
