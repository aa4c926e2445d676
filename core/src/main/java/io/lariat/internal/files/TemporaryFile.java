package io.lariat.internal.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written under another name. Its writer has a lock on it, which ends with the
 * process: a file that nobody has a lock on was left by a writer that is no more, and the next one
 * of the same target removes it. Its name depends on the target alone, so there is never more than
 * one to look for; should two write to one target at a time, the second takes a name of its own.
 */
final class TemporaryFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /** This process's own, which must not open them again: closing would end the lock. */
  private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

  /** This process's own that are not moved or removed. */
  private static final Set<TemporaryFile> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;
  private final OutputStream out;

  private TemporaryFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
    out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  /** Makes one in the folder of {@code target}. */
  static TemporaryFile beside(Path target) throws IOException {
    String name = String.valueOf(target.getFileName());
    @Nullable TemporaryFile usual = create(target.resolveSibling(FileNames.hidden(name, ".tmp")));
    if (usual != null) {
      return usual;
    }
    while (true) {
      String own = "." + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".tmp";
      @Nullable TemporaryFile file = create(target.resolveSibling(FileNames.hidden(name, own)));
      if (file != null) {
        return file;
      }
    }
  }

  /** Makes the file; null if another has it. */
  private static @Nullable TemporaryFile create(Path path) throws IOException {
    if (!IN_USE.add(path)) {
      return null;
    }
    boolean isMade = false;
    try {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !removeAbandoned(path)) {
        return null;
      }
      // Makes a new file, and so never opens a link.
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      // Whoever took it for abandoned before it was locked has removed it.
      isMade = tryLock(channel, true) && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
      if (isMade) {
        TemporaryFile file = new TemporaryFile(path, channel);
        OPEN.add(file);
        return file;
      }
      channel.close();
      return null;
    } catch (FileAlreadyExistsException e) {
      return null; // another was quicker
    } finally {
      if (!isMade) {
        IN_USE.remove(path);
      }
    }
  }

  /** Removes the file if its writer is no more; whether it is gone. */
  private static boolean removeAbandoned(Path path) throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || !Files.isWritable(path)) {
      return false;
    }
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      return tryLock(channel, false) && Files.deleteIfExists(path);
    }
  }

  /** Takes the lock; {@code unknown} where the file system has none. */
  private static boolean tryLock(FileChannel channel, boolean unknown) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return unknown;
    }
  }

  /** Takes what is to be written; need not be closed. */
  OutputStream out() {
    return out;
  }

  /** Puts the file, which is complete, where {@code target} is. */
  void moveTo(Path target) throws IOException {
    out.flush();
    channel.force(true);
    SyncedFolder.move(path, target);
  }

  /** Removes the file, unless it was moved. */
  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(path);
    } finally {
      OPEN.remove(this);
      IN_USE.remove(path);
    }
  }

  /** Removes all of this process, which is about to end. */
  static void removeAll() throws IOException {
    for (TemporaryFile file : OPEN) {
      Files.deleteIfExists(file.path);
    }
  }
}
