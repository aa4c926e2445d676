package io.lariat.reference;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.BackendProvider;
import org.jspecify.annotations.Nullable;

/** Opens the {@link ReferenceBackend}, which works everywhere and is preferred nowhere. */
public final class ReferenceProvider implements BackendProvider {

  /** For {@link java.util.ServiceLoader}. */
  public ReferenceProvider() {}

  @Override
  public String name() {
    return ReferenceBackend.NAME;
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public @Nullable String unavailableReason() {
    return null;
  }

  @Override
  public String details() {
    return ReferenceBackend.DETAILS;
  }

  /** Opens it; the options change nothing, the reference computes in the caller's thread. */
  @Override
  public Backend open(BackendOptions options) {
    return new ReferenceBackend();
  }
}
