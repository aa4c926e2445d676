package io.lariat.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which backend is chosen, and what is said when none can be. */
class BackendsTest {

  private static final BackendOptions OPTIONS = new BackendOptions(1);

  /** A provider that opens nothing but says that it was asked to. */
  private record FakeProvider(String name, int priority, @Nullable String unavailableReason)
      implements BackendProvider {

    @Override
    public String details() {
      return "fake";
    }

    @Override
    public Backend open(BackendOptions options) {
      throw new Opened(name + " with " + options.threads() + " threads");
    }
  }

  /** Thrown in place of a backend, to tell who was asked to open one. */
  private static final class Opened extends Error {
    private static final long serialVersionUID = 1L;

    Opened(String message) {
      super(message);
    }
  }

  private static final FakeProvider CUDA =
      new FakeProvider("cuda", 200, "no NVIDIA driver was found; install one.");
  private static final FakeProvider SIMD = new FakeProvider("simd", 100, null);
  private static final FakeProvider SCALAR = new FakeProvider("reference", 0, null);

  @Test
  void namedBackendIsOpenedWithItsOptions() {
    assertThatThrownBy(
            () -> Backends.choose("reference", new BackendOptions(3), List.of(SIMD, SCALAR)))
        .isInstanceOf(Opened.class)
        .hasMessage("reference with 3 threads");
    assertThatThrownBy(() -> Backends.choose("  simd ", OPTIONS, List.of(SIMD, SCALAR)))
        .isInstanceOf(Opened.class)
        .hasMessageStartingWith("simd");
  }

  @Test
  void namedBackendNeverFallsBack() {
    assertThatThrownBy(() -> Backends.choose("cuda", OPTIONS, List.of(CUDA, SIMD, SCALAR)))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage("backend 'cuda' cannot be used: no NVIDIA driver was found; install one.");
  }

  @Test
  void unknownNameListsWhatThereIs() {
    assertThatThrownBy(() -> Backends.choose("tpu", OPTIONS, List.of(CUDA, SIMD, SCALAR)))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage(
            "no backend 'tpu' on the class path; found: cuda, simd, reference. Add the artifact"
                + " that provides it, or use 'auto'.");
  }

  @Test
  void autoTakesTheFirstThatIsUsable() {
    assertThatThrownBy(() -> Backends.choose("auto", OPTIONS, List.of(CUDA, SIMD, SCALAR)))
        .isInstanceOf(Opened.class)
        .hasMessageStartingWith("simd");
  }

  @Test
  void autoSaysWhyNoneIsUsable() {
    FakeProvider simd = new FakeProvider("simd", 100, "the Vector API is not there.");
    assertThatThrownBy(() -> Backends.choose("auto", OPTIONS, List.of(CUDA, simd)))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage(
            "no backend can be used here: not cuda: no NVIDIA driver was found; install one.; not"
                + " simd: the Vector API is not there.");
    assertThatThrownBy(() -> Backends.choose("auto", OPTIONS, List.of()))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage("no backend can be used here: none is on the class path");
  }

  @Test
  void providersComeBestFirstAndIncludeTheReference() {
    List<BackendProvider> found = Backends.providers();
    assertThat(found).extracting(BackendProvider::name).contains("reference");
    for (int i = 1; i < found.size(); i++) {
      assertThat(found.get(i).priority()).isLessThanOrEqualTo(found.get(i - 1).priority());
    }
    BackendProvider reference = found.getLast();
    assertThat(reference.name()).isEqualTo("reference");
    assertThat(reference.priority()).isZero();
    assertThat(reference.unavailableReason()).isNull();
    assertThat(reference.details()).isNotBlank();
  }

  @Test
  void referenceOpensByName() {
    try (Backend backend = Backends.open("reference", OPTIONS)) {
      assertThat(backend.name()).isEqualTo("reference");
      assertThat(backend.description()).startsWith("reference (");
    }
  }

  @Test
  void propertyNamesTheBackend() {
    withProperty(
        Backends.PROPERTY,
        "reference",
        () -> {
          try (Backend backend = Backends.open()) {
            assertThat(backend.name()).isEqualTo("reference");
          }
          return null;
        });
    withProperty(
        Backends.PROPERTY,
        "nonsense",
        () ->
            assertThatThrownBy(Backends::open)
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageStartingWith("no backend 'nonsense' on the class path; found: "));
  }

  @Test
  void propertyGivesTheNumberOfThreads() {
    assertThat(threads(null)).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(threads(" 3 ")).isEqualTo(3);
    assertThatThrownBy(() -> threads("two"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lariat.threads: expected a whole number, found 'two'");
    assertThatThrownBy(() -> threads("0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: expected 1 to 1024, found 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1025})
  void optionsRefuseImpossibleThreads(int threads) {
    assertThatThrownBy(() -> new BackendOptions(threads))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: expected 1 to 1024, found " + threads);
  }

  private static int threads(@Nullable String property) {
    return withProperty(
        BackendOptions.THREADS_PROPERTY,
        property,
        () -> BackendOptions.fromSystemProperties().threads());
  }

  /** Runs {@code body} with a system property set (null: not set), and puts the old value back. */
  private static <T extends @Nullable Object> T withProperty(
      String name, @Nullable String value, Supplier<T> body) {
    String before = System.getProperty(name);
    try {
      set(name, value);
      return body.get();
    } finally {
      set(name, before);
    }
  }

  private static void set(String name, @Nullable String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }
}
