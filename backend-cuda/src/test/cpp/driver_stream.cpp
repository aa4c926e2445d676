// Streams and events: work waits in queues until somebody waits for it.
#include <time.h>

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

CUresult stepAny(Context &context) {
  std::vector<Stream *> streams = runnable(context);
  return streams.empty() ? CUDA_SUCCESS : step(*streams[driver().random.below(streams.size())]);
}

// Runs an operation with only what comes before it.
CUresult runNeeded(const std::shared_ptr<Operation> &operation) {
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

// Some work may run before anybody waits for it, and must if there is too much.
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

double now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec * 1e-6;
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

static CUresult withStream(void *handle, const std::function<CUresult(Context &, Stream &)> &call) {
  return inContext([&](Context &context) {
    Stream *stream = streamOf(context, handle);
    return stream == nullptr ? complain(CUDA_ERROR_INVALID_HANDLE, "a stream that is none or was destroyed")
                             : call(context, *stream);
  });
}

static CUresult withEvent(Event *event, const std::function<CUresult(Context &)> &call) {
  return inContext([&](Context &context) {
    return driver().events.count(event) == 0
               ? complain(CUDA_ERROR_INVALID_HANDLE, "an event that is none or was destroyed")
               : call(context);
  });
}

}  // namespace emulation

using namespace emulation;

API CUresult cuStreamCreate(Stream **handle, unsigned flags) {
  return inContext([&](Context &context) {
    auto *stream = new Stream;
    stream->context = &context;
    stream->blocking = (flags & CU_STREAM_NON_BLOCKING) == 0;
    context.streams.push_back(stream);
    counters.streams++;
    *handle = stream;
    return CUDA_SUCCESS;
  });
}

API CUresult cuStreamCreateWithPriority(Stream **handle, unsigned flags, int) { return cuStreamCreate(handle, flags); }

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

API CUresult cuStreamWaitEvent(void *handle, Event *event, unsigned) {
  return withStream(handle, [&](Context &context, Stream &stream) {
    return withEvent(event, [&](Context &) {
      if (event->capture != nullptr || stream.capture != nullptr) {
        return waitInCapture(stream, *event);
      }
      if (event->record == nullptr || event->record->done) {
        return CUDA_SUCCESS;
      }
      append(stream, [] { return CUDA_SUCCESS; })->after.push_back(event->record);
      return mayRun(context, stream);
    });
  });
}

API CUresult cuEventCreate(Event **handle, unsigned flags) {
  return inContext([&](Context &context) {
    auto *event = new Event;
    event->context = &context;
    event->timed = (flags & CU_EVENT_DISABLE_TIMING) == 0;
    driver().events.insert(event);
    counters.events++;
    *handle = event;
    return CUDA_SUCCESS;
  });
}

API CUresult cuEventDestroy_v2(Event *event) {
  return withEvent(event, [&](Context &) {
    driver().events.erase(event);
    counters.events--;
    return CUDA_SUCCESS;
  });
}

API CUresult cuEventRecord(Event *event, void *handle) {
  return withStream(handle, [&](Context &context, Stream &stream) {
    return withEvent(event, [&](Context &) {
      if (stream.capture != nullptr) {
        event->capture = stream.capture;
        event->frontier = stream.frontier;
        return stream.capture->invalid ? CUDA_ERROR_STREAM_CAPTURE_INVALIDATED : CUDA_SUCCESS;
      }
      event->capture.reset();
      auto time = std::make_shared<double>(0);
      event->milliseconds = time;
      event->record = append(stream, [time] {
        *time = now();
        return CUDA_SUCCESS;
      });
      return mayRun(context, stream);
    });
  });
}

API CUresult cuEventSynchronize(Event *event) {
  return withEvent(event, [&](Context &) {
    return uncaptured([&](Context &context) {
      if (event->capture != nullptr) {
        event->capture->invalid = true;
        return CUDA_ERROR_CAPTURED_EVENT;
      }
      counters.waits++;
      return finish(context, event->record);
    });
  });
}

API CUresult cuEventQuery(Event *event) {
  return withEvent(event, [&](Context &) {
    return uncaptured([&](Context &context) {
      if (event->capture != nullptr) {
        event->capture->invalid = true;
        return CUDA_ERROR_CAPTURED_EVENT;
      }
      if (event->record == nullptr || event->record->done) {
        return CUDA_SUCCESS;
      }
      CUresult code = stepAny(context);  // time goes by
      return code != CUDA_SUCCESS ? code : CUDA_ERROR_NOT_READY;
    });
  });
}

API CUresult cuEventElapsedTime(float *milliseconds, Event *from, Event *to) {
  return withEvent(from, [&](Context &) {
    return withEvent(to, [&](Context &) {
      if (!from->timed || !to->timed || from->record == nullptr || to->record == nullptr) {
        return CUDA_ERROR_INVALID_HANDLE;
      }
      if (!from->record->done || !to->record->done) {
        return CUDA_ERROR_NOT_READY;
      }
      *milliseconds = static_cast<float>(*to->milliseconds - *from->milliseconds);
      return CUDA_SUCCESS;
    });
  });
}
