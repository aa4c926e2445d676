package io.lariat.cli.output;

import io.lariat.cli.words.Failure;
import io.lariat.internal.files.AtomicFile;
import io.lariat.internal.files.FolderCommit;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that a run has to itself while it works, beside the one that its files go to: finished
 * parts, files that are not complete, and a lock. What a run that was killed has left in it is
 * found by the next.
 */
final class Workspace implements AutoCloseable {
  /** What its name ends with. */
  static final String SUFFIX = ".partial";

  private static final String LOCK = "lock";
  private static final String RUN = "run.txt";
  private static final String FILES = "files";
  private static final String PART = ".part";

  /** Is there once the output's files are complete: what remains is to rename them. */
  private static final String COMPLETE = "complete";

  /** Is there if the output has what a run had found out when it was stopped. */
  private static final String STOPPED = "stopped";

  private final Path folder;
  private final RunLock lock;
  private final boolean isFound;

  private Workspace(Path folder, RunLock lock, boolean isFound) {
    this.folder = folder;
    this.lock = lock;
    this.isFound = isFound;
  }

  /**
   * Takes {@code folder}, and makes it if need be.
   *
   * @throws Failure if another run has it
   * @throws IOException if it cannot be made or written to
   */
  static Workspace take(Path folder) throws IOException {
    while (true) {
      boolean isFound = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
      if (!isFound) {
        makeFolder(folder);
      } else if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw Failure.run(folder + " is in the way, which is no folder; remove it");
      }
      try {
        @Nullable RunLock lock = RunLock.tryTake(folder.resolve(LOCK));
        if (lock == null) {
          throw inUse(folder);
        }
        return new Workspace(folder, lock, isFound);
      } catch (NoSuchFileException e) {
        Thread.onSpinWait(); // the one who had it has just removed it
      }
    }
  }

  /** Takes {@code folder}, which no other run has had; null if one has. */
  static @Nullable Workspace takeNew(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      return null;
    }
    try {
      @Nullable RunLock lock = RunLock.tryTake(folder.resolve(LOCK));
      return lock == null ? null : new Workspace(folder, lock, false);
    } catch (NoSuchFileException e) { // taken for one that was left
      return null;
    }
  }

  /** Takes what a run has left that is no more; null: it is in use, or is none. */
  static @Nullable Workspace takeLeft(Path folder) throws IOException {
    if (!RunLock.isIn(folder.resolve(LOCK))) {
      return null;
    }
    @Nullable RunLock lock = RunLock.tryTake(folder.resolve(LOCK));
    return lock == null ? null : new Workspace(folder, lock, true);
  }

  private static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      return; // another run begins too: the lock decides
    }
  }

  private static Failure inUse(Path folder) throws IOException {
    String owner = RunLock.owner(folder.resolve(LOCK));
    return Failure.run(
        folder
            + ": another run is using it"
            + (owner.isEmpty() ? "" : " (" + owner + ")")
            + "; wait for that, or name another folder with --out");
  }

  /** Where it is. */
  Path folder() {
    return folder;
  }

  /** Whether it was there before this run. */
  boolean isFound() {
    return isFound;
  }

  /** Where files are written that are then moved all at once. */
  Path files() {
    return folder.resolve(FILES);
  }

  /** The file of a finished part. */
  Path part(String name) {
    return folder.resolve(name + PART);
  }

  /** How many finished parts there are. */
  int parts() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return (int)
          files
              .filter(file -> file.toString().endsWith(PART))
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .count();
    }
  }

  /** Whether there is something for another run to go on with. */
  boolean isWorthKeeping() throws IOException {
    return parts() > 0 || isStopped();
  }

  /** What the parts depend on, a line each; null: nothing says it, or what did is damaged. */
  @Nullable List<String> run() throws IOException {
    Path file = folder.resolve(RUN);
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.readAllLines(file) : null;
    } catch (CharacterCodingException e) {
      return null; // it was text when it was written
    }
  }

  /** Writes what the parts depend on. */
  void run(List<String> lines) {
    write(RUN, String.join("\n", lines) + "\n");
  }

  private void write(String name, String text) {
    AtomicFile.replace(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the output's files were complete. */
  private boolean isComplete() {
    return Files.exists(folder.resolve(COMPLETE), LinkOption.NOFOLLOW_LINKS);
  }

  /** Remembers that they are. */
  void setComplete() {
    write(COMPLETE, "");
  }

  /** Whether the output has what a run had found out when it was stopped. */
  boolean isStopped() {
    return Files.exists(folder.resolve(STOPPED), LinkOption.NOFOLLOW_LINKS);
  }

  /** Remembers that it has. */
  void setStopped() {
    write(STOPPED, "");
  }

  /**
   * Removes what a run that was killed has left in here and in {@code target}, where its files go,
   * but not its finished parts, unless its files had got there.
   *
   * @param resume whether that run is to be gone on with, even if there is nothing left to do
   */
  void tidy(Path target, boolean resume) throws IOException {
    boolean isStaged = Files.exists(files(), LinkOption.NOFOLLOW_LINKS);
    if (Files.isDirectory(target)) {
      FolderCommit.finish(target, RunFiles.ALL);
      isStaged |= FolderCommit.abandon(target);
    }
    if (isComplete() && !isStaged) { // they were moved
      if (resume && run() != null) {
        setStopped();
      } else {
        clear();
      }
    }
    FolderCommit.deleteAll(files());
    Files.deleteIfExists(folder.resolve(COMPLETE));
  }

  private static boolean isOwn(String name) {
    boolean isBeingWritten = name.startsWith(".") && name.endsWith(".tmp");
    return List.of(RUN, FILES, STOPPED).contains(name) || name.endsWith(PART) || isBeingWritten;
  }

  /**
   * Removes all that runs write here but the lock, and nothing that others have put here. That a
   * run was complete goes last: it says that the rest is none.
   */
  void clear() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        if (isOwn(String.valueOf(entry.getFileName()))) {
          FolderCommit.deleteAll(entry);
        }
      }
    }
    Files.deleteIfExists(folder.resolve(COMPLETE));
  }

  /** Removes it with all that is in it, and lets go of it. */
  void remove() throws IOException {
    clear();
    lock.remove();
    if (Files.exists(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          return; // another run has begun in it
        }
      }
      Files.deleteIfExists(folder);
    }
  }

  /** Leaves it to a run to come. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
