package io.lariat.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.reference.ReferenceBackend;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that fail, that come from another class loader, and what is logged of the choice. */
class ProvidersTest {
  private static final BackendOptions OPTIONS = new BackendOptions(1);

  /** A provider that does as it is told. */
  private record Scripted(
      String name, int priority, Supplier<@Nullable String> reason, Supplier<Backend> opening)
      implements BackendProvider {
    @Override
    public @Nullable String unavailableReason() {
      return reason.get();
    }

    @Override
    public String details() {
      return "scripted";
    }

    @Override
    public Backend open(BackendOptions options) {
      return opening.get();
    }
  }

  private static final Scripted SCALAR =
      new Scripted("reference", 0, () -> null, ReferenceBackend::new);

  private static Backend failToOpen(RuntimeException e) {
    throw e;
  }

  private static String failToProbe(RuntimeException e) {
    throw e;
  }

  /** What was logged while {@code names} were asked. */
  private static List<LogRecord> logged(BackendProvider... providers) {
    List<LogRecord> records = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord logRecord) {
            records.add(logRecord);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.lariat.backend");
    logger.addHandler(handler);
    try {
      Backends.choose("auto", OPTIONS, List.of(providers)).close();
    } finally {
      logger.removeHandler(handler);
    }
    return records;
  }

  @Test
  @Tag("B20")
  void aProviderThatThrowsIsPassedOverWithItsReason() {
    Scripted probing =
        new Scripted(
            "cuda", 200, () -> failToProbe(new IllegalStateException("no probe")), () -> null);
    Scripted opening =
        new Scripted(
            "simd",
            100,
            () -> null,
            () -> failToOpen(new DeviceException("full", new Throwable())));
    assertThat(logged(probing, opening, SCALAR))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.getLevel()).isEqualTo(Level.WARNING);
              assertThat(r.getMessage())
                  .contains("not cuda: it fails: java.lang.IllegalStateException: no probe")
                  .contains("not simd: it fails: io.lariat.backend.DeviceException: full");
            });
  }

  @Test
  @Tag("B20")
  void wrongOptionsAreTheCallersAndNoReasonToTakeAnother() {
    Scripted opening =
        new Scripted(
            "simd", 100, () -> null, () -> failToOpen(new IllegalArgumentException("lariat.x: 7")));
    assertThatThrownBy(() -> Backends.choose("auto", OPTIONS, List.of(opening, SCALAR)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lariat.x: 7");
  }

  @Test
  @Tag("B11")
  void scalarCodeIsAWarningWithTheReason() {
    Scripted refusing = new Scripted("simd", 100, () -> "the Vector API is not there", () -> null);
    assertThat(logged(refusing, SCALAR))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.getLevel()).isEqualTo(Level.WARNING);
              assertThat(r.getMessage())
                  .startsWith("backend reference (")
                  .contains("many times slower")
                  .endsWith("(not simd: the Vector API is not there)");
            });
    assertThat(logged(SCALAR))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.getLevel()).isEqualTo(Level.WARNING);
              assertThat(r.getMessage())
                  .contains("not simd: it is not on the class or module path; add")
                  .contains("image of jlink the module io.lariat.simd");
            });
    Scripted fast = new Scripted("simd", 100, () -> null, ReferenceBackend::new);
    assertThat(logged(fast, SCALAR))
        .singleElement()
        .extracting(LogRecord::getLevel)
        .isEqualTo(Level.INFO);
  }

  /** A backend that only a child loader has, beside entries that cannot be loaded. */
  @Test
  @Tag("B23")
  @Tag("B20")
  void theContextClassLoaderIsAskedTooAndBrokenEntriesAreListed(@TempDir Path folder)
      throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(BackendProvider.class.getName()),
        "no.such.Provider\n" + Unlucky.class.getName() + "\n" + Lucky.class.getName() + "\n");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader child =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, ProvidersTest.class.getClassLoader())) {
      thread.setContextClassLoader(child);
      List<BackendProvider> found = Backends.providers();
      assertThat(found).extracting(BackendProvider::name).containsOnlyOnce("lucky", "reference");
      assertThat(found)
          .filteredOn(p -> p.name().equals("unknown"))
          .extracting(BackendProvider::unavailableReason)
          .anySatisfy(reason -> assertThat(reason).contains("no.such.Provider"))
          .anySatisfy(reason -> assertThat(reason).contains("bad luck"))
          .hasSize(2);
      Backends.open("lucky", OPTIONS).close();
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThat(Backends.providers()).extracting(BackendProvider::name).doesNotContain("lucky");
  }

  /** Is found by a class loader of the test. */
  public static final class Lucky implements BackendProvider {
    @Override
    public String name() {
      return "lucky";
    }

    @Override
    public int priority() {
      return -5;
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
      return new ReferenceBackend();
    }
  }

  /** Cannot be made. */
  public static final class Unlucky implements BackendProvider {
    /** Fails. */
    public Unlucky() {
      throw new IllegalStateException("bad luck");
    }

    @Override
    public String name() {
      return "unlucky";
    }

    @Override
    public int priority() {
      return 300;
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
      return new ReferenceBackend();
    }
  }
}
