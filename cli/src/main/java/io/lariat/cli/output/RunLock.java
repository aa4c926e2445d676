package io.lariat.cli.output;

import io.lariat.cli.words.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A lock that a run holds on a file; the system takes it from a run that has ended in any way. */
final class RunLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock and makes its file, if need be.
   *
   * @return null if another run has it
   * @throws IOException if its folder is not there, or cannot be written to
   * @throws Failure if others have put something in its place
   */
  static @Nullable RunLock tryTake(Path file) throws IOException {
    while (true) {
      @Nullable Object seen = identity(file);
      if (seen == null) {
        create(file);
        continue;
      }
      boolean isHeld = false;
      try {
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
          if (!tryLock(channel)) {
            return null;
          }
          // Unless the one who had it has removed the file meanwhile.
          isHeld = seen.equals(identity(file));
          if (isHeld) {
            channel.truncate(0);
            String owner = String.valueOf(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
            return new RunLock(file, channel);
          }
        } finally {
          if (!isHeld) {
            channel.close();
          }
        }
      } catch (NoSuchFileException e) {
        Thread.onSpinWait(); // removed just now
      }
    }
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      return; // another run was quicker: the lock decides
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process
    }
  }

  /**
   * Tells the file from another of its name; null: there is none. It is not opened for that: to
   * close it would end the lock, to open a pipe would wait, and what is written to a file with a
   * second name would be written to another's.
   */
  private static @Nullable Object identity(Path file) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!found.isRegularFile() || links(file) != 1) {
        throw Failure.run(
            file + " is in the way, which is no file, or has another name too; remove it");
      }
      return Objects.requireNonNullElse(found.fileKey(), found.creationTime());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** How many names the file has; 1 where the system does not say it. */
  private static int links(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
        : 1;
  }

  /** Whether there is a file that can be the lock of a run. */
  static boolean isIn(Path file) throws IOException {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && links(file) == 1;
    } catch (NoSuchFileException e) {
      return false; // removed just now
    }
  }

  /** The process that has the lock on {@code file}, as it says itself; empty: it does not yet. */
  static String owner(Path file) throws IOException {
    String pid = Files.readString(file);
    return pid.matches("[0-9]+") ? "process " + pid : "";
  }

  /** Removes the file while nobody else can have the lock. */
  void remove() throws IOException {
    Files.deleteIfExists(file);
    close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
