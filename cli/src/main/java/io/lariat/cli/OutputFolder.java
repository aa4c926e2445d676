package io.lariat.cli;

import io.lariat.data.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where a run's files go. They are written to a folder beside (or, where the folder exists, inside)
 * and then moved, so that a run that fails leaves nothing.
 */
final class OutputFolder {
  /** The folder of the numbered folders. */
  static final String DEFAULT_PARENT = "lariat-out";

  private static final int LONGEST_NAME = 100;

  /** As the user knows it. */
  private final Path parent;

  private final String name;
  private final boolean numbered;

  private OutputFolder(Path parent, String name, boolean numbered) {
    this.parent = parent;
    this.name = name;
    this.numbered = numbered;
  }

  /**
   * A folder that was asked for.
   *
   * @param force whether files in it may be replaced
   * @throws Failure if it cannot be used
   */
  static OutputFolder given(Path folder, boolean force) {
    Path normal = folder.normalize();
    // "." and ".." name existing folders, reached through themselves.
    Path last = normal.getFileName();
    boolean named = last != null && !last.toString().isEmpty() && !last.toString().equals("..");
    Path above = normal.getParent();
    OutputFolder output =
        named
            ? new OutputFolder(above == null ? Path.of("") : above, last.toString(), false)
            : new OutputFolder(folder, "", false);
    output.requireFree(force);
    output.requireWritable();
    return output;
  }

  /**
   * The next of the numbered folders for {@code data}.
   *
   * @throws Failure if none can be made
   */
  static OutputFolder numbered(Path data) {
    OutputFolder output = new OutputFolder(Path.of(DEFAULT_PARENT), dataName(data), true);
    output.requireWritable();
    return output;
  }

  /** The file's name without {@code .csv}, {@code .libsvm} and the like, and {@code .gz}. */
  static String dataName(Path data) {
    Path file = data.getFileName();
    String name =
        (file == null ? "" : file.toString())
            .replaceFirst("(?i)(\\.(csv|libsvm|svm|svmlight))?(\\.gz)?$", "");
    String usable = name.replaceFirst("^\\.+", "");
    return usable.isEmpty() ? "data" : usable.substring(0, Math.min(LONGEST_NAME, usable.length()));
  }

  private Path target() {
    return parent.resolve(name);
  }

  /**
   * Where a run may keep finished parts meanwhile: {@code DIR.partial}, beside the folder that was
   * asked for; beside numbered ones with a name made of the run's identity, so that runs do not
   * meet.
   */
  Path partial(List<String> identity) {
    String base = numbered ? name + "-" + hash(identity) : name;
    return parent.resolve((base.isEmpty() ? "lariat" : base) + ".partial");
  }

  private static String hash(List<String> lines) {
    CRC32C crc = new CRC32C();
    crc.update(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  private void requireFree(boolean force) {
    Path folder = target();
    if (!Files.isDirectory(folder)) {
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw Failure.run("--out " + folder + ": is a file; name a folder");
      }
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (!force && entries.findAny().isPresent()) {
        throw Failure.usage(
            "--out "
                + folder
                + ": is not empty; add --force to replace a run's files in it, or name another"
                + " folder");
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Tries it out, long before there is something to write. */
  private void requireWritable() {
    Path at = numbered ? parent.toAbsolutePath() : target().toAbsolutePath();
    while (at != null && !Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
      at = at.getParent();
    }
    if (at == null) {
      throw unwritable(new IOException("its root does not exist"));
    }
    if (!Files.isDirectory(at)) {
      throw unwritable(new IOException(at + " is no folder"));
    }
    try {
      Files.delete(createTemporary(at));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private Failure unwritable(IOException e) {
    return Failure.run(
        String.format(
            Locale.ROOT,
            "output folder %s: cannot be written: %s; name another folder with --out",
            numbered ? parent : target(),
            FileProblem.reason(e)));
  }

  private static Path createTemporary(Path in) throws IOException {
    String unique = ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
    return Files.createDirectory(in.resolve(".lariat-" + unique + ".tmp"));
  }

  /**
   * Writes all files, or none.
   *
   * @param files writes the files into the folder it is given, a temporary one
   * @return the folder they are in
   * @throws Failure if that fails
   */
  Path write(Consumer<Path> files) {
    try {
      return !numbered && Files.isDirectory(target()) ? writeInto(files) : writeNew(files);
    } catch (IOException e) {
      throw unwritable(e);
    } catch (UncheckedIOException e) {
      throw unwritable(new IOException(Failures.problem(e), e));
    }
  }

  private Path writeInto(Consumer<Path> files) throws IOException {
    Path folder = target();
    Path temporary = createTemporary(folder.toAbsolutePath());
    try {
      files.accept(temporary);
      try (Stream<Path> written = Files.list(temporary)) {
        for (Path file : written.toList()) {
          move(file, folder.resolve(file.getFileName()));
        }
      }
    } finally {
      deleteAll(temporary);
    }
    return folder;
  }

  private Path writeNew(Consumer<Path> files) throws IOException {
    Deque<Path> created = createParents();
    @Nullable Path temporary = null;
    try {
      temporary = createTemporary(parent.toAbsolutePath());
      files.accept(temporary);
      Path folder = claim();
      created.push(folder); // empty, unless the next line succeeds
      move(temporary, folder);
      created.clear();
      return folder;
    } finally {
      if (temporary != null) {
        deleteAll(temporary);
      }
      for (Path folder : created) {
        Files.deleteIfExists(folder);
      }
    }
  }

  /** Makes the folders above; those that were made, the innermost first. */
  private Deque<Path> createParents() throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = parent.toAbsolutePath();
        at != null && !Files.isDirectory(at);
        at = at.getParent()) {
      missing.addLast(at);
    }
    Deque<Path> created = new ArrayDeque<>();
    for (Path at : missing.reversed()) {
      try {
        created.push(Files.createDirectory(at));
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(at)) {
          throw e;
        }
      }
    }
    return created;
  }

  /** Makes the empty folder that nobody else can take any more. */
  private Path claim() throws IOException {
    if (!numbered) {
      return Files.createDirectory(target());
    }
    for (int number = highestNumber() + 1; ; number++) {
      try {
        return Files.createDirectory(parent.resolve(name + "-" + number));
      } catch (FileAlreadyExistsException e) {
        // Another run took this number just now.
      }
    }
  }

  private int highestNumber() throws IOException {
    Pattern pattern = Pattern.compile(Pattern.quote(name) + "-(\\d{1,8})");
    try (Stream<Path> entries = Files.list(parent.toAbsolutePath())) {
      return entries
          .map(entry -> pattern.matcher(entry.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
          .max()
          .orElse(0);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
