package io.lariat.cli.options;

/**
 * Brings the Vector API into a JVM that was started without it.
 *
 * <p>{@code --add-modules jdk.incubator.vector} makes the JVM print a warning on stderr at every
 * start, which no option turns off. Loading the module a moment later, as the JDK itself loads
 * {@code java.instrument} when an agent attaches, prints nothing and is as fast. That call is no
 * public API (this jar's manifest opens the package): where a JDK refuses it, the SIMD backend says
 * that the flag is missing, and the launcher, which tries it out after each build, adds the flag.
 */
public final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /** Whether the launcher is trying out if it can be loaded. */
  public static boolean isRequired() {
    return "required".equals(System.getProperty("lariat.vector"));
  }

  /**
   * Loads the module unless the JVM has it; called before anything looks for a SIMD backend, and
   * not earlier, as it takes some 0.1 s.
   *
   * @throws IllegalStateException if that fails and {@code -Dlariat.vector=required} is set, with
   *     which the launcher tries it out
   */
  public static void load() {
    if (ModuleLayer.boot().findModule(NAME).isPresent()) {
      return;
    }
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, NAME);
    } catch (ReflectiveOperationException | RuntimeException e) {
      if (isRequired()) {
        throw new IllegalStateException("this JDK needs --add-modules " + NAME, e);
      }
    }
  }
}
