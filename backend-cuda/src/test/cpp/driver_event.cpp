// Events.
#include <time.h>

#include "driver.h"
#include "settings.h"

namespace emulation {

namespace {

double now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec * 1e-6;
}

CUresult withEvent(Event *event, const std::function<CUresult(Context &)> &call) {
  return inContext([&](Context &context) {
    return driver().events.count(event) == 0
               ? complain(CUDA_ERROR_INVALID_HANDLE, "an event that is none or was destroyed")
               : call(context);
  });
}

}  // namespace

}  // namespace emulation

using namespace emulation;

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
