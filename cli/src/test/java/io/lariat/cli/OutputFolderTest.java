package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All files or none, in the right folder. */
final class OutputFolderTest {
  @TempDir private Path folder;

  private static Consumer<Path> files(String content) {
    return temporary -> {
      write(temporary.resolve("a.txt"), content);
      write(temporary.resolve("b.txt"), content);
    };
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void failing(Path temporary) {
    write(temporary.resolve("a.txt"), "half");
    throw new UncheckedIOException(new IOException("disk full"));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b/wine.csv, wine",
    "wine.CSV.gz, wine",
    "wine, wine",
    "wine.gz, wine",
    ".csv, data",
    "two.parts.csv, two.parts",
    "..csv, data"
  })
  void dataNames(String file, String name) {
    assertThat(OutputFolder.dataName(Path.of(file))).isEqualTo(name);
  }

  @Test
  void makesANewFolderWithItsParents() {
    Path out = folder.resolve("x/y/out");

    Path written = OutputFolder.given(out, false).write(files("new"));

    assertThat(written).isEqualTo(out);
    assertThat(Program.names(out)).containsExactly("a.txt", "b.txt");
    assertThat(Program.names(out.getParent())).containsExactly("out");
  }

  @Test
  void tryingItOutLeavesNothing() {
    OutputFolder.given(folder.resolve("x/y/out"), false);

    assertThat(Program.names(folder)).isEmpty();
  }

  @Test
  void aFailureLeavesNothing() throws IOException {
    OutputFolder fresh = OutputFolder.given(folder.resolve("x/out"), false);
    assertThatThrownBy(() -> fresh.write(OutputFolderTest::failing))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("disk full");
    assertThat(Program.names(folder)).isEmpty();

    Path old = Files.createDirectory(folder.resolve("old"));
    Files.writeString(old.resolve("a.txt"), "old");
    OutputFolder forced = OutputFolder.given(old, true);
    assertThatThrownBy(() -> forced.write(OutputFolderTest::failing)).isInstanceOf(Failure.class);
    assertThat(Program.names(old)).containsExactly("a.txt");
    assertThat(old.resolve("a.txt")).hasContent("old");
  }

  @Test
  void anEmptyFolderIsUsedAndAFullOneNeedsForce() throws IOException {
    OutputFolder.given(folder, false).write(files("first"));

    assertThatThrownBy(() -> OutputFolder.given(folder, false))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--force");
    OutputFolder.given(folder, true).write(files("second"));
    assertThat(folder.resolve("b.txt")).hasContent("second");
    assertThat(Program.names(folder)).containsExactly("a.txt", "b.txt");
  }

  @Test
  void theCurrentFolderIsNamedAsGiven() {
    assertThatThrownBy(() -> OutputFolder.given(Path.of("."), false))
        .hasMessageContaining("--out .: is not empty");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> OutputFolder.given(file, true)).hasMessageContaining("is a file");
    assertThatThrownBy(() -> OutputFolder.given(file.resolve("out"), true))
        .hasMessageContaining("no folder");
  }
}
