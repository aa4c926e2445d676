package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.DeviceException;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Recording;
import io.lariat.backend.Storage;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A backend that has no room for one of the allocations, and knows what of the others is left. */
final class FailingAllocations {
  private final Backend real;
  private final Backend backend;
  private final DeviceException noRoom = new DeviceException("no room");
  private final List<Object> memory = new ArrayList<>();
  private long recordings;
  private long failing;
  private long count;

  /** Around {@code real}, which the caller closes: to close {@link #backend} does nothing. */
  FailingAllocations(Backend real) {
    this.real = real;
    backend =
        (Backend)
            Proxy.newProxyInstance(
                Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, this::call);
  }

  /** From now on allocation number {@code number} fails, from 1; with 0 none does. */
  void failAt(long number) {
    failing = number;
    count = 0;
  }

  /** The backend. */
  Backend backend() {
    return backend;
  }

  /** Whether that was thrown because of the allocation that failed. */
  boolean isCauseOf(Throwable thrown) {
    return thrown.equals(noRoom) || (thrown.getCause() != null && isCauseOf(thrown.getCause()));
  }

  private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
    boolean allocates = method.getName().startsWith("allocate");
    if ((allocates || method.getName().equals("record")) && ++count == failing) {
      throw noRoom;
    }
    switch (method.getName()) {
      case "arena" -> {
        return InvocationHandler.invokeDefault(proxy, method, arguments); // it allocates here
      }
      case "close" -> {
        return null;
      }
      default -> {}
    }
    Object result;
    try {
      result = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (allocates) {
      memory.add(result);
    }
    return result instanceof Recording recording ? counted(recording) : result;
  }

  private Recording counted(Recording recording) {
    recordings++;
    return new Recording() {
      private boolean closed;

      @Override
      public void replay() {
        recording.replay();
      }

      @Override
      public void close() {
        recordings -= closed ? 0 : 1;
        closed = true;
        recording.close();
      }
    };
  }

  /** How much of what was handed out has not been freed. */
  long left() {
    memory.removeIf(each -> !isOpen(each));
    return recordings + memory.size();
  }

  private boolean isOpen(Object each) {
    try {
      switch (each) {
        case Storage storage -> real.read(new Matrix("m", storage, 0, 1, 1), new float[1], 0);
        case Indices indices -> real.write(new int[indices.length()], 0, indices);
        default -> throw new AssertionError(each);
      }
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
