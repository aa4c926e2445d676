package io.lariat.model;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The checksum of a model file: {@code crc32c:} and 8 hexadecimal digits, the CRC-32C (Castagnoli)
 * of all strings of its metadata but itself, and of all tensors, by name. It tells damage, such as
 * a flipped bit, which else would be another prediction; it is no signature.
 *
 * <p>Each name and string counts as the number of its bytes (32 bits, big-endian) and its UTF-8; a
 * tensor as its name, type and shape, such as {@code [30x128]}, and its bytes in the file.
 */
final class ModelChecksum {

  /** The checksum's key in the metadata. */
  static final String KEY = "lariat_checksum";

  private ModelChecksum() {}

  /** The checksum of a file with these strings and tensors. */
  static String of(Map<String, String> metadata, Map<String, Tensor> tensors) {
    CRC32C crc = new CRC32C();
    try (OutputStream out = new CheckedOutputStream(OutputStream.nullOutputStream(), crc)) {
      for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
        if (!entry.getKey().equals(KEY)) {
          put(entry.getKey(), out);
          put(entry.getValue(), out);
        }
      }
      for (Map.Entry<String, Tensor> entry : new TreeMap<>(tensors).entrySet()) {
        put(entry.getKey(), out);
        put(entry.getValue().toString(), out);
        SafetensorsWriter.writeTensor(entry.getValue(), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written anywhere
    }
    return String.format(Locale.ROOT, "crc32c:%08x", crc.getValue());
  }

  private static void put(String text, OutputStream out) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.write(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
    out.write(utf8);
  }

  /**
   * Checks the checksum that a file has, if it has one.
   *
   * @throws ModelException if it is not that of its content
   */
  static void check(String file, Safetensors content) {
    @Nullable String claimed = content.metadata().get(KEY);
    if (claimed != null && !claimed.equals(of(content.metadata(), content.tensors()))) {
      throw new ModelException(
          String.format(
              "%s: is damaged or was changed: its checksum is not that of its content; copy the"
                  + " file again or train the model again",
              file));
    }
  }
}
