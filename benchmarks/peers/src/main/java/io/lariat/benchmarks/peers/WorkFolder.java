package io.lariat.benchmarks.peers;

import io.lariat.backend.PenaltyMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the processes of a comparison hand to each other, in files.
 *
 * @param path the folder
 */
record WorkFolder(Path path) {
  private static final int BLOCK = 1 << 16;

  /** An empty folder of that path. */
  static WorkFolder create(Path path) throws IOException {
    WorkFolder folder = new WorkFolder(path);
    folder.remove();
    Files.createDirectories(path);
    return folder;
  }

  /** Removes the folder and all that is in it. */
  void remove() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(path)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /** The TorchScript module. */
  Path module() {
    return path.resolve("module.pt");
  }

  /** The losses that the reference has for the steps of a case that are verified. */
  Path losses(TrainingCase c, PenaltyMethod method) {
    return path.resolve(c.id() + "-" + method.name().toLowerCase(Locale.ROOT) + ".txt");
  }

  /** An array of a case, {@code x}, {@code y}, {@code weights} or {@code order}, for Python. */
  Path array(TrainingCase c, String name) {
    return path.resolve(c.id() + "-" + name);
  }

  /** Writes one loss a line. */
  void writeLosses(TrainingCase c, PenaltyMethod method, double[] losses) {
    List<String> lines = Arrays.stream(losses).mapToObj(Double::toString).toList();
    try {
      Files.write(losses(c, method), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #writeLosses} wrote. */
  double[] readLosses(TrainingCase c, PenaltyMethod method) {
    try (var lines = Files.lines(losses(c, method))) {
      return lines.mapToDouble(Double::parseDouble).toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes an array as little-endian float32. */
  void writeArray(TrainingCase c, String name, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = Files.newOutputStream(array(c, name))) {
      for (int from = 0; from < values.length; from += BLOCK) {
        int count = Math.min(BLOCK, values.length - from);
        bytes.clear().asFloatBuffer().put(values, from, count);
        out.write(bytes.array(), 0, count * Float.BYTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
