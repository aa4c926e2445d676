package io.lariat.cli;

import io.lariat.path.PathParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Finished parts of a run as files in a folder beside its output, with a file that says of which
 * data and settings they are. The folder appears with the first part, and one run at a time has it.
 */
final class PartFolder implements PathParts, AutoCloseable {
  private static final String SUFFIX = ".part";
  private static final String RUN = "run.txt";

  private final Path folder;
  private final List<String> run;
  private final AtomicInteger kept = new AtomicInteger();
  private @Nullable FileChannel lock;

  private PartFolder(Path folder, List<String> run) {
    this.folder = folder;
    this.run = List.copyOf(run);
  }

  /**
   * A folder for a run that starts anew.
   *
   * @param run what the parts depend on, {@code name: value} in each line
   * @param force whether an interrupted run's parts may be replaced
   * @throws Failure if there are some and they may not
   */
  static PartFolder start(Path folder, List<String> run, boolean force) {
    PartFolder parts = new PartFolder(folder, run);
    int found = parts.count();
    if (found > 0 && !force) {
      @Nullable String difference = parts.difference();
      throw Failure.usage(
          String.format(
              Locale.ROOT,
              "%s: holds %s of a run that was interrupted; add %s--force to start anew",
              folder,
              Figures.count(found, "finished part"),
              difference == null ? "--resume to continue it, or " : ""));
    }
    if (Files.exists(folder)) {
      parts.open();
      parts.clear();
    }
    return parts;
  }

  /**
   * The folder of a run that was interrupted.
   *
   * @param run as in {@link #start}
   * @throws Failure if there is none, or its data or settings are others
   */
  static PartFolder resume(Path folder, List<String> run) {
    PartFolder parts = new PartFolder(folder, run);
    if (parts.count() == 0) {
      throw Failure.usage(
          "--resume: "
              + folder
              + ": holds no finished part of an interrupted run with this data and these settings;"
              + " leave --resume out to start one");
    }
    @Nullable String difference = parts.difference();
    if (difference != null) {
      throw Failure.usage(
          "--resume: "
              + folder
              + ": is of a run with "
              + difference
              + "; repeat its command line, or leave --resume out and add --force to start anew");
    }
    parts.open();
    return parts;
  }

  /** How many parts there are. */
  private int count() {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.filter(file -> file.toString().endsWith(SUFFIX)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the folder's run has that this one has not; null: nothing. */
  private @Nullable String difference() {
    try {
      List<String> there = Files.readAllLines(folder.resolve(RUN));
      if (there.equals(run)) {
        return null;
      }
      for (String line : there) {
        if (!run.contains(line)) {
          String name = line.replaceFirst(": .*", "");
          String here =
              run.stream()
                  .filter(l -> l.startsWith(name + ": "))
                  .map(l -> l.substring(name.length() + 2))
                  .findFirst()
                  .orElse("none");
          return name.equals("data hash") ? "other data" : line + " where this one has " + here;
        }
      }
      return "fewer settings";
    } catch (IOException e) {
      throw Failure.run(
          folder + ": what its run was cannot be read; remove the folder and start anew");
    }
  }

  private synchronized void open() {
    if (lock != null) {
      return;
    }
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw Failure.run(
            folder + ": another run is using it; wait for that, or name another folder with --out");
      }
      lock = channel;
      Files.write(folder.resolve(RUN), run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void clear() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte @Nullable [] find(String name) {
    Path file = folder.resolve(name + SUFFIX);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      byte[] content = Arrays.copyOfRange(bytes, Math.min(Long.BYTES, bytes.length), bytes.length);
      if (bytes.length < Long.BYTES || ByteBuffer.wrap(bytes).getLong() != checksum(content)) {
        throw Failure.run(file + ": is damaged; remove this file and resume again");
      }
      kept.incrementAndGet();
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void keep(String name, byte[] content) {
    open();
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + content.length);
    bytes.putLong(checksum(content)).put(content);
    try {
      Path temporary = folder.resolve(name + ".tmp");
      Files.write(temporary, bytes.array());
      Files.move(temporary, folder.resolve(name + SUFFIX), StandardCopyOption.REPLACE_EXISTING);
      kept.incrementAndGet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return crc.getValue();
  }

  /** Where the parts are, if there are any; else null. */
  @Nullable Path kept() {
    return kept.get() > 0 ? folder : null;
  }

  /** Removes the folder: the run is over. */
  void remove() {
    close();
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves the parts for a run to come. */
  @Override
  public synchronized void close() {
    try {
      if (lock != null) {
        lock.close();
        lock = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
