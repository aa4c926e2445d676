package io.lariat.internal.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

  /** The JVM's own files are open for reading, under numbers that anyone may name. */
  @Test
  @Tag("F18")
  @EnabledOnOs(OS.LINUX)
  void neverWritesToADescriptorThatIsNotOpenForIt() throws IOException {
    Path own = Files.writeString(folder.resolve("own.jar"), "classes");
    try (FileInputStream in = new FileInputStream(own.toFile())) {
      assertThat(in.read()).isEqualTo('c');
      String number = descriptorOf(own);
      Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/fd", number));
      for (Path name :
          List.of(
              Path.of("/dev/fd", number),
              Path.of("/proc/self/fd", number),
              Path.of("/proc/" + ProcessHandle.current().pid() + "/fd", number),
              Path.of("/proc/thread-self/fd", number),
              link)) {
        assertThatExceptionOfType(UncheckedIOException.class)
            .isThrownBy(() -> AtomicFile.write(name, "predictions"))
            .withMessage(name + ": cannot be written: it is closed, or not open for writing");
        assertThatExceptionOfType(UncheckedIOException.class)
            .isThrownBy(() -> AtomicFile.requireWritable(name))
            .withMessageContaining("not open for writing");
      }
      assertThat(own).hasContent("classes");
    }
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> AtomicFile.write(Path.of("/dev/fd/987654"), "predictions"))
        .withMessageContaining("it is closed, or not open for writing");
  }

  @Test
  @Tag("F18")
  @EnabledOnOs(OS.LINUX)
  void writesAtTheEndOfAFileThatIsOpen() throws IOException {
    Path log = folder.resolve("log.txt");
    try (FileOutputStream out = new FileOutputStream(log.toFile())) {
      out.write("one,".getBytes(UTF_8));
      String number = descriptorOf(log);
      AtomicFile.write(Path.of("/dev/fd", number), "two,");
      AtomicFile.write(Path.of("/proc/self/fd", number), "three");
    }
    assertThat(log).hasContent("one,two,three");
  }

  private static String descriptorOf(Path file) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(link -> Files.exists(link) && leadsTo(link, file))
          .map(link -> String.valueOf(link.getFileName()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean leadsTo(Path link, Path file) {
    try {
      return Files.isSameFile(link, file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A folder of files in memory, where all else is devices. */
  @Test
  @Tag("F18")
  @EnabledOnOs(OS.LINUX)
  void replacesAFileAmongTheDevices() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeThat(memory).isDirectory().isWritable();
    Path file = Files.createTempFile(memory, "lariat", ".csv");
    try {
      AtomicFile.write(file, "one");
      AtomicFile.write(file, "two");
      assertThat(file).hasContent("two");
    } finally {
      Files.delete(file);
    }
  }
}
