package io.lariat.cuda;

import io.lariat.cuda.driver.Driver;
import io.lariat.cuda.driver.DriverException;
import io.lariat.cuda.probe.JCudaLoader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** A driver that has no room for one of the things that it is asked to make. */
final class FailingDriver {
  private static final Set<String> MAKING =
      Set.of(
          "retainContext",
          "load",
          "allocate",
          "allocatePinned",
          "createStream",
          "createEvent",
          "endCapture");

  private final Driver real = JCudaLoader.driver();
  private final Driver driver =
      (Driver)
          Proxy.newProxyInstance(
              Driver.class.getClassLoader(), new Class<?>[] {Driver.class}, this::call);

  private long failing;
  private long count;

  /** From now on thing number {@code number}, from 1, is not made. */
  void failAt(long number) {
    failing = number;
    count = 0;
  }

  Driver driver() {
    return driver;
  }

  private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (MAKING.contains(method.getName()) && ++count == failing) {
      if (method.getName().equals("endCapture")) {
        real.abandonCapture((Driver.Stream) arguments[0]); // what is left of one that failed
      }
      throw new DriverException(method.getName(), 2, "CUDA_ERROR_OUT_OF_MEMORY");
    }
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
