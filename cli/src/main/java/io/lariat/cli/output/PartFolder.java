package io.lariat.cli.output;

import io.lariat.cli.words.Failure;
import io.lariat.internal.files.AtomicFile;
import io.lariat.train.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Finished parts of a run as files in its {@link Workspace}, each with a checksum, and beside them
 * what they depend on. Keeping them takes a small share of the run's time at most: a part that
 * comes sooner waits in memory for the next one. A part that cannot be written ends no run.
 */
public final class PartFolder implements Parts {
  /** Of the run's time that may go into keeping parts. */
  private static final double MOST_TIME = 0.03;

  private final Workspace workspace;
  private final Supplier<List<String>> run;
  private final Consumer<String> notes;
  private final long start = System.nanoTime();
  private final Map<String, byte[]> waiting = new LinkedHashMap<>();
  private long spent;
  private boolean isNamed;
  private boolean isBroken;

  /**
   * The parts of a run.
   *
   * @param run what the parts depend on, {@code name: value} in each line
   * @param notes is told if parts cannot be kept
   */
  PartFolder(Workspace workspace, Supplier<List<String>> run, Consumer<String> notes) {
    this.workspace = workspace;
    this.run = run;
    this.notes = notes;
  }

  /** Whether there is time to keep another part now. */
  public synchronized boolean isDue() {
    return !isBroken && spent <= MOST_TIME * (System.nanoTime() - start);
  }

  @Override
  public byte @Nullable [] find(String name) {
    synchronized (this) {
      if (waiting.containsKey(name)) {
        return waiting.get(name);
      }
    }
    Path file = workspace.part(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      byte[] content = Arrays.copyOfRange(bytes, Math.min(Long.BYTES, bytes.length), bytes.length);
      if (bytes.length < Long.BYTES || ByteBuffer.wrap(bytes).getLong() != checksum(content)) {
        throw Failure.run(file + ": is damaged; remove this file and resume again");
      }
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void keep(String name, byte[] content) {
    if (!isBroken) {
      waiting.put(name, content);
      while (!waiting.isEmpty() && isDue()) {
        writeOne();
      }
    }
  }

  /** Writes all parts that wait. */
  synchronized void flush() {
    while (!waiting.isEmpty() && !isBroken) {
      writeOne();
    }
  }

  /** Makes the run known of which there are parts, so that it can be resumed. */
  synchronized void name() {
    if (!isNamed) {
      workspace.run(run.get());
      isNamed = true;
    }
  }

  private void writeOne() {
    long from = System.nanoTime();
    Map.Entry<String, byte[]> first = waiting.entrySet().iterator().next();
    String name = first.getKey();
    byte[] content = first.getValue();
    try {
      name();
      AtomicFile.replace(
          workspace.part(name),
          ByteBuffer.allocate(Long.BYTES + content.length)
              .putLong(checksum(content))
              .put(content)
              .array());
      waiting.remove(name);
    } catch (UncheckedIOException e) {
      isBroken = true;
      waiting.clear();
      notes.accept(
          e.getMessage() + "; the run goes on, but what it finishes from here on is not kept");
    }
    spent += System.nanoTime() - from;
  }

  private static long checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return crc.getValue();
  }
}
