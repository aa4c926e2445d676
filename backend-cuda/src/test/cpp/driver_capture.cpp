// Recording work of streams as graphs, and running them.
#include <algorithm>

#include "driver.h"
#include "settings.h"

namespace emulation {

namespace {

void unite(std::vector<size_t> &frontier, const std::vector<size_t> &other) {
  for (size_t node : other) {
    if (std::find(frontier.begin(), frontier.end(), node) == frontier.end()) {
      frontier.push_back(node);
    }
  }
}

// The nodes that some others depend on, themselves included.
std::vector<bool> reached(const Capture &capture, const std::vector<size_t> &from) {
  std::vector<bool> reached(capture.nodes.size());
  std::vector<size_t> open = from;
  while (!open.empty()) {
    size_t node = open.back();
    open.pop_back();
    if (!reached[node]) {
      reached[node] = true;
      const auto &after = capture.nodes[node].after;
      open.insert(open.end(), after.begin(), after.end());
    }
  }
  return reached;
}

// The stream that began waits, in the end, for all work of the streams that joined.
bool joined(const Capture &capture) {
  std::vector<bool> done = reached(capture, capture.origin->frontier);
  return std::all_of(capture.streams.begin(), capture.streams.end(), [&](const Stream *stream) {
    return std::all_of(stream->frontier.begin(), stream->frontier.end(), [&](size_t node) { return done[node]; });
  });
}

// One after another, in an order that their dependencies allow.
CUresult runNodes(const std::vector<Node> &nodes) {
  std::vector<bool> done(nodes.size());
  for (size_t count = 0; count < nodes.size(); count++) {
    std::vector<size_t> ready;
    for (size_t n = 0; n < nodes.size(); n++) {
      const auto &after = nodes[n].after;
      if (!done[n] && std::all_of(after.begin(), after.end(), [&](size_t other) { return done[other]; })) {
        ready.push_back(n);
      }
    }
    size_t next = ready[driver().random.below(ready.size())];
    done[next] = true;
    if (CUresult code = nodes[next].work()) {
      return code;
    }
  }
  return CUDA_SUCCESS;
}

void end(const std::shared_ptr<Capture> &capture) {
  for (Stream *stream : capture->streams) {
    stream->capture.reset();
    stream->frontier.clear();
  }
  driver().captures.erase(capture);
}

CUresult withGraph(std::set<Graph *> &graphs, Graph *graph, const std::function<CUresult(Context &)> &call) {
  return inContext([&](Context &context) {
    return graphs.count(graph) == 0 ? complain(CUDA_ERROR_INVALID_VALUE, "a graph that is none or was destroyed")
                                    : call(context);
  });
}

}  // namespace

CUresult capture(Stream &stream, Work work) {
  Capture &capture = *stream.capture;
  if (capture.invalid) {
    return CUDA_ERROR_STREAM_CAPTURE_INVALIDATED;
  }
  capture.nodes.push_back({std::move(work), stream.frontier});
  stream.frontier = {capture.nodes.size() - 1};
  return CUDA_SUCCESS;
}

CUresult waitInCapture(Stream &stream, Event &event) {
  if (event.capture == nullptr) {
    if (event.record == nullptr) {
      return CUDA_SUCCESS;
    }
    stream.capture->invalid = true;
    return CUDA_ERROR_STREAM_CAPTURE_ISOLATION;
  }
  bool ended = driver().captures.count(event.capture) == 0;
  if (stream.capture == nullptr) {
    if (ended) {
      return CUDA_ERROR_CAPTURED_EVENT;
    }
    if (event.capture->invalid) {
      return CUDA_ERROR_STREAM_CAPTURE_INVALIDATED;
    }
    if (&stream == stream.context->legacy.get()) {
      event.capture->invalid = true;
      return CUDA_ERROR_STREAM_CAPTURE_IMPLICIT;
    }
    stream.capture = event.capture;
    stream.capture->streams.insert(&stream);
  } else if (stream.capture != event.capture) {
    stream.capture->invalid = event.capture->invalid = true;
    return ended ? CUDA_ERROR_STREAM_CAPTURE_ISOLATION : CUDA_ERROR_STREAM_CAPTURE_MERGE;
  }
  unite(stream.frontier, event.frontier);
  return stream.capture->invalid ? CUDA_ERROR_STREAM_CAPTURE_INVALIDATED : CUDA_SUCCESS;
}

void breakCaptures(Context &context) {
  for (const auto &capture : driver().captures) {
    if (capture->origin->context == &context) {
      capture->invalid = true;
    }
  }
}

CUresult uncaptured(const std::function<CUresult(Context &)> &call) {
  return inContext([&](Context &context) {
    bool forbidden = false;
    for (const auto &capture : driver().captures) {
      bool hits = capture->mode == CU_STREAM_CAPTURE_MODE_GLOBAL ||
                  (capture->mode == CU_STREAM_CAPTURE_MODE_THREAD_LOCAL && capture->thread == std::this_thread::get_id());
      if (hits) {
        capture->invalid = forbidden = true;
      }
    }
    return forbidden ? CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED : call(context);
  });
}

}  // namespace emulation

using namespace emulation;

API CUresult cuStreamBeginCapture_v2(void *handle, int mode) {
  return inContext([&](Context &context) {
    Stream *stream = streamOf(context, handle);
    if (stream == nullptr) {
      return CUDA_ERROR_INVALID_HANDLE;
    }
    if (stream == context.legacy.get()) {
      return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
    }
    if (stream->capture != nullptr) {
      return CUDA_ERROR_ILLEGAL_STATE;
    }
    auto made = std::make_shared<Capture>();
    made->origin = stream;
    made->mode = mode;
    made->thread = std::this_thread::get_id();
    made->streams = {stream};
    stream->capture = made;
    stream->frontier.clear();
    driver().captures.insert(made);
    return CUDA_SUCCESS;
  });
}

API CUresult cuStreamEndCapture(void *handle, Graph **graph) {
  return inContext([&](Context &context) {
    *graph = nullptr;
    Stream *stream = streamOf(context, handle);
    if (stream == nullptr) {
      return CUDA_ERROR_INVALID_HANDLE;
    }
    std::shared_ptr<Capture> capture = stream->capture;
    if (capture == nullptr) {
      return CUDA_ERROR_ILLEGAL_STATE;
    }
    if (capture->origin != stream) {
      capture->invalid = true;
      return CUDA_ERROR_STREAM_CAPTURE_UNMATCHED;
    }
    if (capture->mode != CU_STREAM_CAPTURE_MODE_RELAXED && capture->thread != std::this_thread::get_id()) {
      return CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD;
    }
    bool whole = joined(*capture);
    end(capture);
    if (capture->invalid) {
      return CUDA_ERROR_STREAM_CAPTURE_INVALIDATED;
    }
    if (!whole) {
      return CUDA_ERROR_STREAM_CAPTURE_UNJOINED;
    }
    *graph = new Graph{&context, std::make_shared<const std::vector<Node>>(std::move(capture->nodes))};
    driver().graphs.insert(*graph);
    counters.graphs++;
    return CUDA_SUCCESS;
  });
}

API CUresult cuStreamIsCapturing(void *handle, int *status) {
  return inContext([&](Context &context) {
    Stream *stream = streamOf(context, handle);
    if (stream == nullptr) {
      return CUDA_ERROR_INVALID_HANDLE;
    }
    *status = stream->capture == nullptr ? 0 : stream->capture->invalid ? 2 : 1;
    return CUDA_SUCCESS;
  });
}

API CUresult cuGraphInstantiateWithFlags(Graph **executable, Graph *graph, unsigned long long) {
  return withGraph(driver().graphs, graph, [&](Context &) {
    *executable = new Graph(*graph);
    driver().executables.insert(*executable);
    counters.graph_executables++;
    counters.nodes = static_cast<long long>(graph->nodes->size());
    return CUDA_SUCCESS;
  });
}

API CUresult cuGraphDestroy(Graph *graph) {
  return withGraph(driver().graphs, graph, [&](Context &) {
    driver().graphs.erase(graph);
    counters.graphs--;
    return CUDA_SUCCESS;
  });
}

API CUresult cuGraphExecDestroy(Graph *executable) {
  return withGraph(driver().executables, executable, [&](Context &) {
    driver().executables.erase(executable);
    counters.graph_executables--;
    return CUDA_SUCCESS;
  });
}

API CUresult cuGraphLaunch(Graph *executable, void *handle) {
  return withGraph(driver().executables, executable, [&](Context &context) {
    Stream *stream = streamOf(context, handle);
    if (stream == nullptr) {
      return CUDA_ERROR_INVALID_HANDLE;
    }
    counters.graph_launches++;
    return enqueue(*stream, [nodes = executable->nodes] { return runNodes(*nodes); });
  });
}
