package io.lariat.cli;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.BackendProvider;
import io.lariat.backend.Backends;
import io.lariat.backend.DeviceException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The backend {@code failing}: the reference backend on a device that fails in its {@value
 * #PROPERTY}th call of {@code gatherRows}, of which each step has one for its rows.
 */
public final class FailingProvider implements BackendProvider {
  static final String PROPERTY = "lariat.test.fail-at";

  @Override
  public String name() {
    return "failing";
  }

  @Override
  public int priority() {
    return -1;
  }

  @Override
  public @Nullable String unavailableReason() {
    return null;
  }

  @Override
  public String details() {
    return "for tests";
  }

  @Override
  public Backend open(BackendOptions options) {
    Backend reference = Backends.open("reference", options);
    int[] left = {Integer.getInteger(PROPERTY, 1)};
    return (Backend)
        Proxy.newProxyInstance(
            FailingProvider.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("canBeLost")) {
                return true;
              }
              if (method.getName().equals("gatherRows") && --left[0] <= 0) {
                throw new DeviceException("the test's device failed; take another");
              }
              try {
                return method.invoke(reference, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
