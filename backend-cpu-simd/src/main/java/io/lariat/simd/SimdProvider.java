package io.lariat.simd;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.BackendProvider;
import io.lariat.backend.BackendUnavailableException;
import io.lariat.backend.PanelProducts;
import io.lariat.simd.machine.VectorWidth;
import io.lariat.simd.panels.VectorPanels;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the Vector API is here and compiled to vector instructions, and opens the
 * backend. Names no Vector type, so that it loads without the module; all that does is behind
 * {@link VectorProbe}.
 */
public final class SimdProvider implements BackendProvider {
  private static final String MODULE = "jdk.incubator.vector";

  /** For {@link java.util.ServiceLoader}. */
  public SimdProvider() {}

  @Override
  public String name() {
    return SimdBackend.NAME;
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public @Nullable String unavailableReason() {
    return Verdict.REASON;
  }

  @Override
  public String details() {
    String reason = unavailableReason();
    return reason == null ? VectorProbe.bits() + "-bit vectors" : reason;
  }

  @Override
  public Backend open(BackendOptions options) {
    String reason = unavailableReason();
    if (reason != null) {
      throw new BackendUnavailableException("backend '" + name() + "' cannot be used: " + reason);
    }
    return new SimdBackend(options);
  }

  @Override
  public @Nullable PanelProducts panelProducts() {
    return unavailableReason() == null ? new VectorPanels() : null;
  }

  /** Why the Vector API cannot be used for vectors of {@code bits}, or null; probes anew. */
  static @Nullable String examine(@Nullable String bits) {
    try {
      return VectorProbe.refusal(bits);
    } catch (NoClassDefFoundError e) {
      return "the Vector API is not there; start Java with --add-modules " + MODULE;
    } catch (LinkageError | RuntimeException e) {
      return "the Vector API does not work here: " + e;
    }
  }

  /** The answer, found once per JVM. */
  private static final class Verdict {
    private static final @Nullable String REASON =
        examine(System.getProperty(VectorWidth.PROPERTY));
  }
}
