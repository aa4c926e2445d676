package io.lariat.model;

import io.lariat.internal.files.Uninterrupted;
import io.lariat.internal.text.Excerpt;
import io.lariat.internal.text.FileProblem;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A safetensors file: named tensors and free-form strings. The format: the header's length as a
 * little-endian 64-bit number, the header as JSON, the tensors' numbers, little-endian and
 * row-major (github.com/huggingface/safetensors).
 *
 * <p>Files are not trusted: all of the header is checked before a tensor is read. It may have
 * 100,000,000 bytes, 10,000 tensors and 10,000 strings; so no more memory is taken than about four
 * times the file's bytes. The same limits hold for what is written.
 */
public final class Safetensors {
  private static final int BUFFER = 1 << 16;
  private static final Set<String> READ =
      Arrays.stream(Tensor.Type.values()).map(Enum::name).collect(Collectors.toSet());

  private final String file;
  private final Map<String, String> metadata;
  private final Map<String, SafetensorsHeader.Entry> entries;
  private final Map<String, Tensor> tensors;

  private Safetensors(
      String file,
      Map<String, String> metadata,
      Map<String, SafetensorsHeader.Entry> entries,
      Map<String, Tensor> tensors) {
    this.file = file;
    this.metadata = metadata;
    this.entries = entries;
    this.tensors = tensors;
  }

  /**
   * Reads a file. Tensors of types other than F32, F64 and U8 are skipped, and an error when asked
   * for.
   *
   * @throws ModelException if the file cannot be read or breaks a rule of the format
   */
  public static Safetensors read(Path path) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new ModelException(path + ": is no file; give a safetensors file");
    }
    try {
      return Uninterrupted.run(() -> readFile(path));
    } catch (IOException e) {
      throw new ModelException(path + ": cannot be read: " + FileProblem.reason(e), e);
    }
  }

  private static Safetensors readFile(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size();
      ByteBuffer length = allocate(Long.BYTES);
      if (size < Long.BYTES) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s: is no safetensors file: %d bytes, expected at least 8",
                path,
                size));
      }
      fill(channel, length);
      long headerLength = length.getLong(0);
      if (headerLength < 0 || headerLength > size - Long.BYTES) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s: is cut off or no safetensors file: its header claims %s bytes, the file has"
                    + " %d",
                path,
                Long.toUnsignedString(headerLength),
                size));
      }
      if (headerLength > FileLimits.HEADER_BYTES) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s: a header of %d bytes, expected at most %d",
                path,
                headerLength,
                FileLimits.HEADER_BYTES));
      }
      byte[] header = new byte[(int) headerLength];
      fill(channel, ByteBuffer.wrap(header));
      return readTensors(
          path.toString(),
          SafetensorsHeader.parse(path.toString(), header, size - Long.BYTES - headerLength),
          channel);
    }
  }

  private static Safetensors readTensors(String file, SafetensorsHeader header, FileChannel channel)
      throws IOException {
    Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ByteBuffer buffer = allocate(BUFFER);
    for (SafetensorsHeader.Entry entry : header.entries()) {
      entries.put(entry.name(), entry);
      if (READ.contains(entry.type())) {
        tensors.put(entry.name(), readTensor(file, entry, channel, buffer));
      } else {
        channel.position(channel.position() + entry.end() - entry.begin());
      }
    }
    return new Safetensors(file, header.metadata(), entries, tensors);
  }

  private static Tensor readTensor(
      String file, SafetensorsHeader.Entry entry, FileChannel channel, ByteBuffer buffer)
      throws IOException {
    Tensor.Type type = Tensor.Type.valueOf(entry.type());
    long count = (entry.end() - entry.begin()) / type.bytes();
    if (count > Integer.MAX_VALUE - 8) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: tensor %s has more than 2^31 numbers",
              file,
              Excerpt.of(entry.name())));
    }
    if (type == Tensor.Type.U8) {
      byte[] bytes = new byte[(int) count];
      fill(channel, ByteBuffer.wrap(bytes));
      return Tensor.wrap(entry.shape(), bytes);
    }
    float[] floats = new float[type == Tensor.Type.F32 ? (int) count : 0];
    double[] doubles = new double[type == Tensor.Type.F64 ? (int) count : 0];
    int perBuffer = BUFFER / type.bytes();
    for (long done = 0; done < count; done += perBuffer) {
      int now = (int) Math.min(perBuffer, count - done);
      buffer.clear().limit(now * type.bytes());
      fill(channel, buffer);
      buffer.flip();
      if (type == Tensor.Type.F32) {
        buffer.asFloatBuffer().get(floats, (int) done, now);
      } else {
        buffer.asDoubleBuffer().get(doubles, (int) done, now);
      }
    }
    return type == Tensor.Type.F32
        ? Tensor.wrap(entry.shape(), floats)
        : Tensor.wrap(entry.shape(), doubles);
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
  }

  /** The names of all tensors, in the order of their data. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** All tensors of a type that is read, by name. */
  Map<String, Tensor> tensors() {
    return tensors;
  }

  /** The free-form strings. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * A tensor.
   *
   * @throws ModelException if there is none of this name, or it is not of type F32, F64 or U8
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor != null) {
      return tensor;
    }
    SafetensorsHeader.Entry entry = entries.get(name);
    throw new ModelException(
        entry == null
            ? String.format(Locale.ROOT, "%s: has no tensor %s", file, Excerpt.of(name))
            : String.format(
                Locale.ROOT,
                "%s: tensor %s is of type %s, expected F32, F64 or U8; convert it",
                file,
                Excerpt.of(name),
                entry.type()));
  }

  /**
   * Writes a file, whole or not at all. The same content gives the same bytes, whatever the order
   * of the maps: wider types come first, then tensors by name.
   *
   * @throws ModelException if it cannot be written or read again: its header is too long, or a name
   *     or a string holds half of a surrogate pair
   */
  public static void write(Path path, Map<String, String> metadata, Map<String, Tensor> tensors) {
    SafetensorsWriter.write(path, metadata, tensors);
  }
}
