package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.DeviceException;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Recording;
import io.lariat.backend.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A backend that has no room for one of the allocations, and knows what of the others is left. */
public final class FailingAllocations {
  private final Backend real;
  private final List<Object> handedOut = new ArrayList<>();
  private int closedRecordings;
  private int recordings;
  private long failing = Long.MAX_VALUE;
  private long count;

  /** Around {@code real}. */
  public FailingAllocations(Backend real) {
    this.real = real;
  }

  /** From now on allocation number {@code number}, from 1, fails. */
  void failAt(long number) {
    failing = number;
    count = 0;
  }

  /** The backend. */
  Backend backend() {
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, this::call);
  }

  private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
    boolean allocates = method.getName().startsWith("allocate");
    if ((allocates || method.getName().equals("record")) && ++count == failing) {
      throw new DeviceException("no room", new IllegalStateException());
    }
    Object result;
    try {
      result = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (allocates) {
      handedOut.add(result);
    }
    return result instanceof Recording recording ? counted(recording) : result;
  }

  private Recording counted(Recording recording) {
    recordings++;
    return new Recording() {
      @Override
      public void replay() {
        recording.replay();
      }

      @Override
      public void close() {
        closedRecordings++;
        recording.close();
      }
    };
  }

  /** How much of what was handed out has not been freed. */
  long left() {
    return recordings - closedRecordings + handedOut.stream().filter(this::isOpen).count();
  }

  private boolean isOpen(Object memory) {
    try {
      switch (memory) {
        case Storage storage -> real.read(new Matrix("m", storage, 0, 1, 1), new float[1], 0);
        case Indices indices -> real.write(new int[indices.length()], 0, indices);
        default -> throw new AssertionError(memory);
      }
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
