package io.lariat.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    Path path = folder.resolve("a.txt");
    AtomicFile.write(path, out -> out.write("one".getBytes(UTF_8)));
    AtomicFile.write(path, out -> out.write("two".getBytes(UTF_8)));
    assertThat(path).hasContent("two");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void keepsTheOldFileWhenItFails() throws IOException {
    Path path = Files.writeString(folder.resolve("a.txt"), "old");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () ->
                AtomicFile.write(
                    path,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }))
        .withMessage(path + ": cannot be written: no space left on device");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                AtomicFile.write(
                    path,
                    out -> {
                      throw new IllegalStateException("bug");
                    }));
    assertThat(path).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void writesThroughALink() throws IOException {
    Path path = Files.writeString(folder.resolve("a.txt"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), path);
    AtomicFile.write(link, out -> out.write("new".getBytes(UTF_8)));
    assertThat(path).hasContent("new");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void saysWhyItCannotWrite() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> AtomicFile.write(folder, out -> {}))
        .withMessage(folder + ": cannot be written: it is a folder");
    Path deep = folder.resolve("none").resolve("a.txt");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> AtomicFile.write(deep, out -> {}))
        .withMessage(deep + ": cannot be written: no such file or folder");
  }
}
