package io.lariat.internal.files;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that this process has open, named by its number: {@code /dev/stdout}, {@code /dev/fd/3},
 * {@code /proc/self/fd/3}, or a link to one of these.
 *
 * <p>A number that its user has not opened may be that of a file which the JVM has open for itself:
 * the JDK's classes, or a jar. To open such a name for writing would be to write into that file.
 *
 * @param number as it stands in the name
 */
record Descriptor(String number) {
  private static final Path DEVICES = Path.of("/dev/fd");
  private static final Path PROCESS = Path.of("/proc/self");
  private static final Path STATES = PROCESS.resolve("fdinfo");
  private static final int MOST_LINKS = 40;
  private static final String FLAGS = "flags:";

  /** The bits of a descriptor's flags that say what it is open for; 0: for reading alone. */
  private static final int ACCESS = 3;

  /** The one that {@code path} names; null if it names a file in another way. */
  static @Nullable Descriptor of(Path path) throws IOException {
    if (!path.getFileSystem().equals(FileSystems.getDefault())) {
      return null;
    }
    Path link = path.toAbsolutePath();
    for (int i = 0; i < MOST_LINKS; i++) {
      @Nullable Path folder = link.getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        return null;
      }
      if (isTable(folder.toRealPath())) {
        return new Descriptor(String.valueOf(link.getFileName()));
      }
      if (!Files.isSymbolicLink(link)) {
        return null;
      }
      link = folder.resolve(Files.readSymbolicLink(link));
    }
    return null;
  }

  /** Whether {@code folder} holds this process's descriptors, or those of one of its threads. */
  private static boolean isTable(Path folder) throws IOException {
    return folder.equals(DEVICES)
        || (folder.endsWith("fd")
            && Files.isDirectory(PROCESS)
            && folder.startsWith(PROCESS.toRealPath()));
  }

  /**
   * Checks that it is open for writing, as nothing is that the JVM has opened for itself. Only
   * Linux has to be asked: elsewhere to open its name is to have its own rights.
   *
   * @throws IOException if it is closed, or open for reading alone
   */
  void requireWritable() throws IOException {
    if (Files.isDirectory(STATES) && !isWritable()) {
      throw new IOException("it is closed, or not open for writing");
    }
  }

  private boolean isWritable() throws IOException {
    Path state = STATES.resolve(number);
    List<String> lines = Files.exists(state) ? Files.readAllLines(state) : List.of();
    return lines.stream()
        .filter(line -> line.startsWith(FLAGS))
        .anyMatch(
            line -> (Integer.parseInt(line.substring(FLAGS.length()).strip(), 8) & ACCESS) != 0);
  }
}
