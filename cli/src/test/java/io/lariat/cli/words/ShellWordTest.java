package io.lariat.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("D23")
class ShellWordTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "it's", "$(id)", "a\"b", "*", "~x", "a;b", "a&b", "größe", "a\\b", "'"})
  void aShellReadsTheNameBack(String name) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf %s " + ShellWord.of(Path.of(name))).start();
    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(name);
    assertThat(shell.waitFor()).isZero();
  }

  @Test
  void plainNamesStay() {
    assertThat(ShellWord.of(Path.of("lariat-out/data-1"))).isEqualTo("lariat-out/data-1");
    assertThat(ShellWord.of(Path.of("-x"))).isEqualTo("'./-x'");
  }
}
