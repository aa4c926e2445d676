package io.lariat.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
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

  /** A writer that was killed has no lock on what it left. */
  @Test
  @Tag("D9")
  void removesWhatAKilledWriterHasLeft() throws IOException {
    Path path = folder.resolve("a.txt");
    Files.writeString(folder.resolve(".a.txt.tmp"), "half");
    AtomicFile.write(path, "whole");
    assertThat(path).hasContent("whole");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  @Tag("D9")
  void leavesAloneWhatAnotherIsWriting() throws IOException {
    Path path = folder.resolve("a.txt");
    AtomicFile.write(
        path,
        out -> {
          AtomicFile.write(path, "inner");
          assertThat(path).hasContent("inner");
          out.write("outer".getBytes(UTF_8));
        });
    assertThat(path).hasContent("outer");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  @Tag("D14")
  void neverWritesThroughALinkWhereItMayNot() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "keep");
    Path link = Files.createSymbolicLink(folder.resolve("part"), victim);
    Files.createSymbolicLink(folder.resolve(".part.tmp"), victim);
    AtomicFile.replace(link, "new".getBytes(UTF_8));
    assertThat(link).isRegularFile().hasContent("new");
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(victim).hasContent("keep");
  }

  @Test
  @Tag("D8")
  void aNameThatLeavesNoRoomForAnotherWorks() {
    Path path = folder.resolve("\u6f22".repeat(85));
    AtomicFile.write(path, "new");
    assertThat(path).hasContent("new");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  @Tag("D8")
  void triesOutWithoutATrace() throws IOException {
    Path path = folder.resolve("a.txt");
    AtomicFile.requireWritable(path);
    assertThat(folder).isEmptyDirectory();
    Files.writeString(path, "old");
    AtomicFile.requireWritable(path);
    assertThat(path).hasContent("old");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> AtomicFile.requireWritable(folder))
        .withMessageContaining("it is a folder");
  }
}
