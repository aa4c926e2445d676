package io.lariat.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Files that a fuzz target writes again and again. */
public final class FuzzFile {
  private static final Map<String, Path> FILES = new HashMap<>();

  private FuzzFile() {}

  /** A file whose name ends with {@code suffix}, the same each time, with these bytes. */
  public static Path of(String suffix, byte[] bytes) {
    try {
      return Files.write(named(suffix), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That file as it is. */
  public static synchronized Path named(String suffix) {
    return FILES.computeIfAbsent(suffix, FuzzFile::create);
  }

  private static Path create(String suffix) {
    try {
      Path file = Files.createTempFile("lariat-fuzz", suffix);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
