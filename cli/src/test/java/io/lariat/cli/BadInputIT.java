package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input through the real program: all data, models and runs, and some of the options. */
final class BadInputIT {

  static Stream<BadInput> inputs() {
    List<String> options =
        List.of(
            "--l1 -1",
            "--l1 NaN",
            "--batch-size 0",
            "--validation-split 1",
            "--hidden wide",
            "--backend gpu",
            "--epoch 3",
            "trian");
    return BadInput.all().filter(i -> i.code() == 1 || options.contains(i.name()));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void isRefused(BadInput input, @TempDir Path folder) throws IOException {
    input.prepare(folder);
    List<String> before = Program.names(folder);

    // C1 alone starts quicker, and would be warned of, as it makes no vector code
    String options = "-XX:TieredStopAtLevel=1 -Dlariat.backend=reference";
    Program.Outcome outcome = Program.realWith(folder, options, input.args(folder));

    BadInputTest.check(input, outcome, folder, before);
  }

  @Test
  void verboseAddsTheStackTrace(@TempDir Path folder) {
    Program.Outcome outcome =
        Program.real(folder, "train", "nothing.csv", "--target", "y", "--verbose");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.errLines().getFirst()).contains("nothing.csv");
    assertThat(outcome.err()).contains("\tat io.lariat.");
  }

  @Test
  void tooLittleMemoryIsSaid(@TempDir Path folder) {
    Program.Outcome outcome =
        Program.realWith(
            folder,
            "-Xmx40m",
            "train",
            Program.DATA.resolve("wine.csv").toString(),
            "--target",
            "class",
            "--hidden",
            "20000,3000");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.errLines()).hasSize(1);
    assertThat(outcome.err()).contains("not enough memory", "LARIAT_JAVA_OPTS");
    assertThat(Program.names(folder)).isEmpty();
  }

  @Test
  void systemPropertiesAreChecked(@TempDir Path folder) {
    String data = Program.DATA.resolve("wine.csv").toString();

    Program.Outcome threads =
        Program.realWith(folder, "-Dlariat.threads=many", "train", data, "--target", "class");
    Program.Outcome backend =
        Program.realWith(folder, "-Dlariat.backend=gpu", "train", data, "--target", "class");

    assertThat(threads.code()).isEqualTo(2);
    assertThat(threads.err()).contains("lariat.threads", "'many'");
    assertThat(backend.code()).isEqualTo(2);
    assertThat(backend.err()).contains("lariat.backend", "'gpu'");
  }
}
