package io.lariat.data;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replaces several files of a folder at one moment. The new ones are written to {@link #stage} with
 * a list of what comes and what goes. Then that folder is renamed: the moment. What is left, the
 * moves one by one, may be cut off by anything; {@link #finish} goes on with it, and {@link
 * #locate} finds each file wherever it is meanwhile.
 */
public final class FolderCommit {
  private static final String STAGED = ".lariat-new";
  private static final String COMMITTED = ".lariat-commit";

  /** The list: {@code +name} comes, {@code -name} goes. Locked by the one who works on it. */
  private static final String LIST = ".list";

  private FolderCommit() {}

  /**
   * An empty folder in {@code folder} to write new files to. Only one at a time may be at it.
   *
   * @throws IOException if it cannot be made, or an earlier commit cannot be finished
   */
  public static Path stage(Path folder) throws IOException {
    finish(folder);
    abandon(folder);
    return Files.createDirectory(folder.resolve(STAGED));
  }

  /** Removes what was staged and is not committed; whether there was something. */
  public static boolean abandon(Path folder) throws IOException {
    Path staged = folder.resolve(STAGED);
    boolean isThere = Files.exists(staged, LinkOption.NOFOLLOW_LINKS);
    deleteAll(staged);
    return isThere;
  }

  /** Whether {@code name} is one that this class gives to what is not there to stay. */
  public static boolean isOwn(String name) {
    return name.equals(STAGED) || name.equals(COMMITTED);
  }

  /**
   * Puts the staged files in place and removes those named {@code obsolete}.
   *
   * @throws IOException if that fails; it may have happened all the same if {@link #isCommitted}
   */
  public static void commit(Path folder, Collection<String> obsolete) throws IOException {
    Path staged = folder.resolve(STAGED);
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(staged)) {
      files.map(file -> "+" + file.getFileName()).sorted().forEach(lines::add);
    }
    obsolete.stream().filter(n -> !lines.contains("+" + n)).map(n -> "-" + n).forEach(lines::add);
    byte[] list = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    AtomicFile.replace(staged.resolve(LIST), list);
    SyncedFolder.move(staged, folder.resolve(COMMITTED));
    finish(folder);
  }

  /** Whether there is a commit of which not all is done. */
  public static boolean isCommitted(Path folder) {
    return Files.exists(folder.resolve(COMMITTED), LinkOption.NOFOLLOW_LINKS);
  }

  /** Does what is left of a commit that was cut off; nothing if there is none. */
  public static synchronized void finish(Path folder) throws IOException {
    Path committed = folder.resolve(COMMITTED);
    Path list = committed.resolve(LIST);
    while (isCommitted(folder)) {
      @Nullable Object seen = identity(list);
      if (seen == null) {
        removeEmpty(committed, list);
        continue;
      }
      try (FileChannel channel =
          FileChannel.open(
              list, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        channel.lock(); // waits for another process that is at it
        if (seen.equals(identity(list))) {
          // By this channel: to close another of the same file would end the lock.
          byte[] lines = Channels.newInputStream(channel).readAllBytes();
          move(folder, new String(lines, StandardCharsets.UTF_8).lines().toList());
          Files.delete(list);
        }
      } catch (NoSuchFileException e) {
        Thread.onSpinWait(); // another process has done it: look again
      }
    }
  }

  /** Removes the folder of a commit whose list is gone, as all is done. */
  private static void removeEmpty(Path committed, Path list) throws IOException {
    try {
      Files.deleteIfExists(committed);
    } catch (DirectoryNotEmptyException e) {
      if (identity(list) == null) {
        throw new IOException(committed + " is in the way; remove it", e);
      }
    }
  }

  private static void move(Path folder, List<String> lines) throws IOException {
    for (String line : lines) {
      Path file = folder.resolve(line.substring(1));
      Path moved = folder.resolve(COMMITTED).resolve(line.substring(1));
      if (line.startsWith("-")) {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(file);
        }
      } else if (Files.exists(moved, LinkOption.NOFOLLOW_LINKS)) {
        SyncedFolder.move(moved, file);
      }
    }
    SyncedFolder.sync(folder);
  }

  /**
   * Where the file {@code name} of {@code folder} is; where it would be, if it is not there. While
   * a commit goes on, or after one that was cut off, that is where its new content is.
   */
  public static Path locate(Path folder, String name) {
    Path committed = folder.resolve(COMMITTED);
    Path moved = committed.resolve(name);
    if (Files.exists(moved, LinkOption.NOFOLLOW_LINKS)) {
      return moved;
    }
    try {
      return Files.readAllLines(committed.resolve(LIST)).contains("-" + name)
          ? moved
          : folder.resolve(name);
    } catch (IOException e) {
      return folder.resolve(name); // the usual case: there is no commit
    }
  }

  /** Tells a file from another of the same name; null: there is none. */
  private static @Nullable Object identity(Path file) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Objects.requireNonNullElse(found.fileKey(), found.creationTime());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Removes a folder with all that is in it; follows no link. */
  public static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
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
