// Streams: work waits in queues until somebody waits for it.
#include <algorithm>

#include "driver.h"
#include "settings.h"

namespace emulation {

namespace {

// As in CUDA, where a full queue lets the caller wait.
const size_t LONGEST_QUEUE = 1000;

std::vector<Stream *> allStreams(Context &context) {
  std::vector<Stream *> streams(context.streams.begin(), context.streams.end());
  streams.push_back(context.legacy.get());
  return streams;
}

bool ready(const Operation &operation) {
  return std::all_of(operation.after.begin(), operation.after.end(), [](const auto &other) { return other->done; });
}

std::vector<Stream *> runnable(Context &context) {
  std::vector<Stream *> streams;
  for (Stream *stream : allStreams(context)) {
    if (!stream->queue.empty() && ready(*stream->queue.front())) {
      streams.push_back(stream);
    }
  }
  return streams;
}

void lose(Context &context, CUresult code) {
  context.lost = code;
  drop(context);
}

CUresult step(Stream &stream) {
  std::shared_ptr<Operation> head = stream.queue.front();
  stream.queue.pop_front();
  CUresult code = head->work();
  head->done = true;
  head->work = nullptr;
  head->after.clear();
  if (code != CUDA_SUCCESS) {
    lose(*stream.context, code);
  }
  return code;
}

// Runs an operation with only what comes before it.
CUresult runNeeded(std::shared_ptr<Operation> operation) {  // by value: what is done leaves its queue
  while (!operation->done) {
    std::shared_ptr<Operation> head = operation->stream->queue.front();
    for (const auto &other : head->after) {
      if (CUresult code = runNeeded(other)) {
        return code;
      }
    }
    if (CUresult code = step(*operation->stream)) {
      return code;
    }
  }
  return CUDA_SUCCESS;
}

bool breaksLegacyRule(Context &context, const Stream &stream) {
  return &stream == context.legacy.get() &&
         std::any_of(context.streams.begin(), context.streams.end(),
                     [](const Stream *other) { return other->blocking && other->capture != nullptr; });
}

}  // namespace

Stream *streamOf(Context &context, void *handle) {
  // 1 is CU_STREAM_LEGACY.
  if (handle == nullptr || handle == reinterpret_cast<void *>(1)) {
    return context.legacy.get();
  }
  auto at = std::find(context.streams.begin(), context.streams.end(), handle);
  return at == context.streams.end() || (*at)->destroyed ? nullptr : *at;
}

CUresult stepAny(Context &context) {
  std::vector<Stream *> streams = runnable(context);
  return streams.empty() ? CUDA_SUCCESS : step(*streams[driver().random.below(streams.size())]);
}

std::shared_ptr<Operation> append(Stream &stream, Work work) {
  auto operation = std::make_shared<Operation>();
  operation->work = std::move(work);
  operation->stream = &stream;
  // Stream 0 waits for the streams that are not non-blocking, and they for it.
  Context &context = *stream.context;
  if (&stream == context.legacy.get()) {
    for (Stream *other : context.streams) {
      if (other->blocking && other->last != nullptr) {
        operation->after.push_back(other->last);
      }
    }
  } else if (stream.blocking && context.legacy->last != nullptr) {
    operation->after.push_back(context.legacy->last);
  }
  stream.queue.push_back(operation);
  stream.last = operation;
  return operation;
}

CUresult mayRun(Context &context, Stream &stream) {
  if (stream.queue.size() > LONGEST_QUEUE) {
    if (CUresult code = runNeeded(stream.queue.front())) {
      return code;
    }
  }
  while (static_cast<long long>(driver().random.below(100)) < settings.eagerness) {
    if (CUresult code = stepAny(context)) {
      return code;
    }
    if (runnable(context).empty()) {
      break;
    }
  }
  return CUDA_SUCCESS;
}

CUresult enqueue(Stream &stream, Work work) {
  Context &context = *stream.context;
  if (stream.capture != nullptr) {
    return capture(stream, std::move(work));
  }
  if (breaksLegacyRule(context, stream)) {
    breakCaptures(context);
    return CUDA_ERROR_STREAM_CAPTURE_IMPLICIT;
  }
  append(stream, std::move(work));
  return mayRun(context, stream);
}

// Sometimes only what is needed has run when it is done, and sometimes much else.
CUresult finish(Context &context, const std::shared_ptr<Operation> &operation) {
  if (operation == nullptr) {
    return CUDA_SUCCESS;
  }
  bool others = driver().random.below(2) == 0;
  while (others && !operation->done) {
    if (CUresult code = stepAny(context)) {
      return code;
    }
  }
  return runNeeded(operation);
}

CUresult finishAll(Context &context) {
  while (!runnable(context).empty()) {
    if (CUresult code = stepAny(context)) {
      return code;
    }
  }
  return CUDA_SUCCESS;
}

CUresult runNow(Context &context, const Work &work) {
  if (breaksLegacyRule(context, *context.legacy)) {
    breakCaptures(context);
    return CUDA_ERROR_STREAM_CAPTURE_IMPLICIT;
  }
  counters.waits++;
  return finish(context, append(*context.legacy, work));
}

void drop(Context &context) {
  for (Stream *stream : allStreams(context)) {
    for (const auto &operation : stream->queue) {
      operation->done = true;
    }
    stream->queue.clear();
    stream->last.reset();
  }
}

CUresult withStream(void *handle, const std::function<CUresult(Context &, Stream &)> &call) {
  return inContext([&](Context &context) {
    Stream *stream = streamOf(context, handle);
    return stream == nullptr ? complain(CUDA_ERROR_INVALID_HANDLE, "a stream that is none or was destroyed")
                             : call(context, *stream);
  });
}

}  // namespace emulation

using namespace emulation;

API CUresult cuStreamCreate(Stream **handle, unsigned flags) {
  return inContext([&](Context &context) {
    auto &all = context.streams;
    all.erase(std::remove_if(all.begin(), all.end(), [](Stream *s) { return s->destroyed && s->queue.empty(); }), all.end());
    auto *stream = new Stream;
    stream->context = &context;
    stream->blocking = (flags & CU_STREAM_NON_BLOCKING) == 0;
    all.push_back(stream);
    counters.streams++;
    *handle = stream;
    return CUDA_SUCCESS;
  });
}

API CUresult cuStreamDestroy_v2(Stream *handle) {
  return withStream(handle, [&](Context &context, Stream &stream) {
    if (&stream == context.legacy.get()) {
      return CUDA_ERROR_INVALID_HANDLE;
    }
    if (stream.capture != nullptr) {
      breakCaptures(context);
      return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
    }
    stream.destroyed = true;  // its work goes on
    counters.streams--;
    return CUDA_SUCCESS;
  });
}

API CUresult cuStreamSynchronize(void *handle) {
  return withStream(handle, [&](Context &context, Stream &stream) {
    if (stream.capture != nullptr) {
      stream.capture->invalid = true;
      return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
    }
    return uncaptured([&](Context &) {
      counters.waits++;
      return finish(context, stream.last);
    });
  });
}

API CUresult cuStreamQuery(void *handle) {
  return withStream(handle, [&](Context &context, Stream &stream) {
    if (stream.capture != nullptr) {
      stream.capture->invalid = true;
      return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
    }
    if (stream.queue.empty()) {
      return CUDA_SUCCESS;
    }
    CUresult code = stepAny(context);  // time goes by
    return code != CUDA_SUCCESS ? code : CUDA_ERROR_NOT_READY;
  });
}
