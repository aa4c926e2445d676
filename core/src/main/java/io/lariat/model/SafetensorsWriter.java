package io.lariat.model;

import com.google.gson.stream.JsonWriter;
import io.lariat.internal.files.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes safetensors files; the order is that of the format's own library. */
final class SafetensorsWriter {
  private static final int BUFFER = 1 << 16;

  private SafetensorsWriter() {}

  /** As {@link Safetensors#write}. */
  static void write(Path path, Map<String, String> metadata, Map<String, Tensor> tensors) {
    List<Map.Entry<String, Tensor>> sorted = new ArrayList<>(tensors.entrySet());
    sorted.sort(
        Comparator.comparingInt((Map.Entry<String, Tensor> e) -> -e.getValue().type().bytes())
            .thenComparing(Map.Entry::getKey));
    byte[] header = header(path, new TreeMap<>(metadata), sorted);
    try {
      AtomicFile.write(
          path,
          out -> {
            byte[] length = new byte[Long.BYTES];
            littleEndian(length).putLong(header.length);
            out.write(length);
            out.write(header);
            for (Map.Entry<String, Tensor> entry : sorted) {
              writeTensor(entry.getValue(), out);
            }
          });
    } catch (UncheckedIOException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes a tensor's numbers, little-endian. */
  static void writeTensor(Tensor tensor, OutputStream out) throws IOException {
    byte[] bytes = new byte[BUFFER];
    ByteBuffer buffer = littleEndian(bytes);
    for (int i = 0; i < tensor.size(); i++) {
      if (!buffer.hasRemaining()) {
        out.write(bytes);
        buffer.clear();
      }
      tensor.put(i, buffer);
    }
    out.write(bytes, 0, buffer.position());
  }

  /** The header, padded with spaces so that the data begins at a multiple of 8 bytes. */
  private static byte[] header(
      Path path, Map<String, String> metadata, List<Map.Entry<String, Tensor>> tensors) {
    if (metadata.size() > FileLimits.FIELDS || tensors.size() >= FileLimits.FIELDS) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: cannot be written: %d strings and %d tensors, expected fewer than %d of each",
              path,
              metadata.size(),
              tensors.size(),
              FileLimits.FIELDS));
    }
    String text =
        JsonText.of(
            json -> {
              json.beginObject();
              if (!metadata.isEmpty()) {
                json.name(SafetensorsHeader.METADATA).beginObject();
                for (Map.Entry<String, String> entry : metadata.entrySet()) {
                  json.name(entry.getKey()).value(entry.getValue());
                }
                json.endObject();
              }
              long at = 0;
              for (Map.Entry<String, Tensor> entry : tensors) {
                at = writeEntry(json, entry.getKey(), entry.getValue(), at);
              }
              json.endObject();
            });
    byte[] bytes = Utf8.bytes(path + ": cannot be written: its header", text);
    if (bytes.length > FileLimits.HEADER_BYTES - Long.BYTES) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: cannot be written: a header of %d bytes, expected at most %d; use fewer or"
                  + " shorter names",
              path,
              bytes.length,
              FileLimits.HEADER_BYTES));
    }
    byte[] padded = Arrays.copyOf(bytes, (bytes.length + 7) / 8 * 8);
    Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
    return padded;
  }

  /** Writes the header's entry of a tensor whose data begin at {@code at}; returns their end. */
  private static long writeEntry(JsonWriter json, String name, Tensor tensor, long at)
      throws IOException {
    long end = at + (long) tensor.size() * tensor.type().bytes();
    json.name(name).beginObject();
    json.name("dtype").value(tensor.type().name());
    json.name("shape").beginArray();
    for (int n : tensor.shape()) {
      json.value(n);
    }
    json.endArray();
    json.name("data_offsets").beginArray().value(at).value(end).endArray();
    json.endObject();
    return end;
  }
}
