package io.lariat.cuda.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/** What other processes see: with settings in the environment, and where there is no compiler. */
class EmulationProcessTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @Test
  void aChildTakesItsSettingsFromTheEnvironment() throws IOException, InterruptedException {
    Emulation.load();
    Map<String, String> environment =
        Map.of(
            "LD_LIBRARY_PATH", Emulation.driverFolder().toString(), Setting.INIT.variable(), "803");
    assertThat(run(StartsDriver.class, environment)).contains("cuInit: 803");
  }

  @ParameterizedTest
  @CsvSource({"0, skipped: there is no g++", "1, failed: LARIAT_REQUIRE_EMULATION=1"})
  void withoutACompilerTestsAreSkippedLoudlyOrFail(String required, String outcome)
      throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of("PATH", "/nonexistent", "LARIAT_REQUIRE_EMULATION", required);
    List<String> lines = run(LoadsTwice.class, environment).lines().toList();
    assertThat(lines).filteredOn(line -> line.startsWith(outcome)).hasSize(2);
    assertThat(lines).filteredOn(line -> line.startsWith("SKIPPED: tests of the")).hasSize(1);
  }

  private static String run(Class<?> program, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    JAVA.toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dlariat.root=" + System.getProperty("lariat.root"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    program.getName()))
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /** Prints what cuInit returns. */
  static final class StartsDriver {
    private StartsDriver() {}

    @SuppressWarnings("restricted")
    static void main() throws Throwable {
      SymbolLookup driver = SymbolLookup.libraryLookup("libcuda.so.1", Arena.global());
      int code =
          (int)
              Linker.nativeLinker()
                  .downcallHandle(
                      driver.findOrThrow("cuInit"),
                      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                  .invokeExact(0);
      System.out.println("cuInit: " + code);
    }
  }

  /** Prints what became of loading the emulation, twice. */
  static final class LoadsTwice {
    private LoadsTwice() {}

    static void main() {
      for (int i = 0; i < 2; i++) {
        try {
          Emulation.load();
          System.out.println("loaded");
        } catch (TestAbortedException e) {
          System.out.println("skipped: " + reason(e));
        } catch (IllegalStateException e) {
          System.out.println("failed: " + e.getMessage());
        }
      }
    }

    private static String reason(TestAbortedException e) {
      return String.valueOf(e.getMessage()).replace("Assumption failed: ", "");
    }
  }
}
