package io.lariat.cuda;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import io.lariat.backend.BackendProvider;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets the tests of {@link Gpu} run where the backend says that it can be used. */
final class GpuCondition implements ExecutionCondition {
  private static final String REQUIRED = "LARIAT_REQUIRE_GPU";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return verdict(Once.REASON, "1".equals(System.getenv(REQUIRED)));
  }

  /**
   * Whether tests run.
   *
   * @param reason why no GPU can be used, or null
   * @param isRequired whether that is a failure
   */
  static ConditionEvaluationResult verdict(@Nullable String reason, boolean isRequired) {
    if (reason == null) {
      return enabled("a GPU can be used");
    }
    if (isRequired) {
      throw new IllegalStateException(
          REQUIRED + "=1 asks for a GPU, and none can be used: " + reason);
    }
    return disabled("no GPU can be used: " + reason);
  }

  private static @Nullable String reason() {
    for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
      if (provider.name().equals("cuda")) {
        return provider.unavailableReason();
      }
    }
    return "the provider of the backend 'cuda' is not on the class path";
  }

  /** The reason, found and said once in a JVM. */
  private static final class Once {
    private static final @Nullable String REASON = reason();

    static {
      if (REASON != null) {
        System.err.println("THE TESTS THAT NEED A GPU ARE SKIPPED: " + REASON);
      }
    }
  }
}
