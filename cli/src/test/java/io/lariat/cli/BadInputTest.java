package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bad input gets one line, the right exit code, and no file; in this JVM, as it is quick. */
final class BadInputTest {

  @ParameterizedTest
  @MethodSource("io.lariat.cli.BadInput#all")
  void isRefused(BadInput input, @TempDir Path folder) throws IOException {
    input.prepare(folder);
    List<String> before = Program.names(folder);

    check(input, Program.here(input.args(folder)), folder, before);
  }

  /** What must hold of {@code outcome}. */
  static void check(
      BadInput input, Program.Outcome outcome, Path folder, List<String> namesBefore) {
    assertThat(outcome.errLines()).as("standard error").hasSize(1);
    String line = outcome.errLines().getFirst();
    assertThat(line).startsWith("lariat: ").contains(input.expected()).doesNotContain("Exception");
    assertThat(outcome.code()).as(line).isEqualTo(input.code());
    assertThat(Program.names(folder)).as("files").isEqualTo(namesBefore);
  }
}
