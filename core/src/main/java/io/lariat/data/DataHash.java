package io.lariat.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A fingerprint of what a data set says, whatever file it came from: SHA-256 over the names of the
 * features, the target's name, task and classes, the number of rows, and each row's features and
 * target as the bits of doubles (big-endian; -0 counts as 0). Of sparse rows, a row is the number
 * of its elements and each one's feature and value.
 *
 * <p>The same table gives the same hash plain or gzip, quoted or not, with its columns in the same
 * order.
 */
final class DataHash {
  private final MessageDigest digest;
  private ByteBuffer bytes = ByteBuffer.allocate(1 << 16);

  private DataHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Of the first {@code rows} rows, as 64 hexadecimal digits. */
  static String of(Dataset data, int rows) {
    DataHash hash = new DataHash();
    hash.schema(data.schema());
    hash.put(rows);
    @Nullable SparseRows sparse = data.sparseRows();
    double[] target = new double[1];
    double[] row = new double[sparse == null ? data.features() : 0];
    for (int i = 0; i < rows; i++) {
      if (sparse == null) {
        data.copyFeatures(i, 1, row);
        for (double value : row) {
          hash.put(value);
        }
      } else {
        hash.elements(sparse, i);
      }
      data.copyTargets(i, 1, target);
      hash.put(target[0]);
    }
    hash.flush();
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  private void schema(Schema schema) {
    put(schema.features());
    schema.columns().forEach(this::put);
    put(schema.target().name());
    put(schema.target().task().name());
    put(schema.target().classes().size());
    schema.target().classes().forEach(this::put);
  }

  private void put(Column column) {
    put(column.name());
    put(column.categories().size());
    column.categories().forEach(this::put);
  }

  private void elements(SparseRows rows, int i) {
    put(rows.start(i + 1) - rows.start(i));
    for (int k = rows.start(i); k < rows.start(i + 1); k++) {
      put(rows.column(k));
      put(rows.value(k));
    }
  }

  private void put(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    put(utf8.length);
    flush();
    digest.update(utf8);
  }

  private void put(int number) {
    room(Integer.BYTES);
    bytes.putInt(number);
  }

  private void put(double number) {
    room(Double.BYTES);
    bytes.putDouble(number + 0.0); // -0 + 0 = 0
  }

  private void room(int needed) {
    if (bytes.remaining() < needed) {
      flush();
    }
  }

  private void flush() {
    digest.update(bytes.array(), 0, bytes.position());
    bytes = bytes.clear();
  }
}
