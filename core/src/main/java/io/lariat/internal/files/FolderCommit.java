package io.lariat.internal.files;

import io.lariat.data.DataException;
import io.lariat.internal.text.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
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
 *
 * <p>A folder that others have made may hold anything under these names: only files that the caller
 * knows are ever moved or removed, and nothing outside the folder.
 */
public final class FolderCommit {
  private static final String STAGED = ".lariat-new";
  private static final String COMMITTED = ".lariat-commit";

  private FolderCommit() {}

  /**
   * An empty folder in {@code folder} to write new files to. Only one at a time may be at it.
   *
   * @param names those of all files that a commit may be of
   * @throws IOException if it cannot be made, or an earlier commit cannot be finished
   * @throws DataException if what is there is no earlier commit of such files
   */
  public static Path stage(Path folder, Collection<String> names) throws IOException {
    finish(folder, names);
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
   * Puts the staged files in place and removes those named {@code obsolete} that are not among
   * them.
   *
   * @param names those of all files that a commit may be of
   * @throws IOException if that fails; it may have happened all the same if {@link #isCommitted}
   * @throws IllegalArgumentException if a file has another name; nothing has happened
   */
  public static void commit(Path folder, Collection<String> obsolete, Collection<String> names)
      throws IOException {
    Path staged = folder.resolve(STAGED);
    List<String> coming;
    try (Stream<Path> files = Files.list(staged)) {
      coming = files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
    List<String> going = obsolete.stream().filter(name -> !coming.contains(name)).toList();
    for (String name : Stream.concat(coming.stream(), going.stream()).toList()) {
      if (!isKnown(name, names)) {
        throw new IllegalArgumentException(name + " is none of " + names);
      }
    }
    AtomicFile.replace(staged.resolve(CommitList.NAME), new CommitList(coming, going).text());
    SyncedFolder.move(staged, folder.resolve(COMMITTED));
    finish(folder, names);
  }

  private static boolean isKnown(String name, Collection<String> names) {
    return CommitList.isPlain(name) && names.contains(name);
  }

  /** Whether there is a commit of which not all is done. */
  public static boolean isCommitted(Path folder) {
    return Files.exists(folder.resolve(COMMITTED), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Does what is left of a commit that was cut off; nothing if there is none.
   *
   * @param names those of all files that a commit may be of
   * @throws DataException if what is there is no commit of such files; nothing has changed then
   */
  public static synchronized void finish(Path folder, Collection<String> names) throws IOException {
    Path committed = folder.resolve(COMMITTED);
    Path list = committed.resolve(CommitList.NAME);
    while (isCommitted(folder)) {
      boolean isListed = CommitList.isIn(committed);
      @Nullable Object seen = identity(list);
      if (!isListed || seen == null) {
        removeEmpty(committed, list);
        continue;
      }
      try (FileChannel channel =
          FileChannel.open(
              list, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        channel.lock(); // waits for another process that is at it
        if (seen.equals(identity(list))) {
          // By this channel: to close another of the same file would end the lock.
          byte[] text = Channels.newInputStream(channel).readNBytes(CommitList.MOST_BYTES);
          move(folder, CommitList.of(committed, text, name -> isKnown(name, names)));
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
        throw CommitList.foreign(committed, "holds files without a list of them");
      }
    }
  }

  private static void move(Path folder, CommitList list) throws IOException {
    for (String name : list.coming()) {
      Path moved = folder.resolve(COMMITTED).resolve(name);
      if (Files.exists(moved, LinkOption.NOFOLLOW_LINKS)) {
        SyncedFolder.move(moved, folder.resolve(name));
      }
    }
    for (String name : list.going()) {
      Path file = folder.resolve(name);
      if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(file);
      }
    }
    SyncedFolder.sync(folder);
  }

  /**
   * Where the file {@code name} of {@code folder} is; where it would be, if it is not there. While
   * a commit goes on, or after one that was cut off, that is where its new content is.
   *
   * @throws DataException if there is something that is no commit
   * @throws UncheckedIOException if that cannot be found out
   */
  public static Path locate(Path folder, String name) {
    Path committed = folder.resolve(COMMITTED);
    Path moved = committed.resolve(name);
    boolean isToMove = Files.exists(moved, LinkOption.NOFOLLOW_LINKS);
    try {
      if (CommitList.isIn(committed)) {
        byte[] text = Files.readAllBytes(committed.resolve(CommitList.NAME));
        CommitList list = CommitList.of(committed, text, CommitList::isPlain);
        return isToMove || list.going().contains(name) ? moved : folder.resolve(name);
      }
      return folder.resolve(name); // the usual case: there is no commit
    } catch (NoSuchFileException e) {
      return folder.resolve(name); // another process has done it just now
    } catch (IOException e) {
      throw new UncheckedIOException(committed + ": cannot be read: " + FileProblem.reason(e), e);
    }
  }

  /** Tells a file from another of the same name; null: there is none. */
  private static @Nullable Object identity(Path file) throws IOException {
    @Nullable BasicFileAttributes found = CommitList.attributes(file);
    return found == null ? null : Objects.requireNonNullElse(found.fileKey(), found.creationTime());
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
