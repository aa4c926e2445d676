package io.lariat.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Opens a file's bytes, unpacked if they are gzip, and reports how far their reading has come. */
final class CsvBytes extends FilterInputStream {
  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;

  private final long total;
  private final ReadProgress progress;
  private long count;

  private CsvBytes(InputStream in, long total, ReadProgress progress) {
    super(in);
    this.total = total;
    this.progress = progress;
  }

  /**
   * Opens {@code path}.
   *
   * @throws DataException if it is named .gz but is not gzip
   */
  static InputStream open(Path path, ReadProgress progress) throws IOException {
    if (Files.isDirectory(path)) {
      throw new DataException(path + ": is a folder; give the CSV file itself");
    }
    InputStream file = new CsvBytes(Files.newInputStream(path), Files.size(path), progress);
    try {
      PushbackInputStream bytes = new PushbackInputStream(file, 2);
      byte[] first = bytes.readNBytes(2);
      bytes.unread(first);
      if (first.length == 2
          && (first[0] & 0xff) == GZIP_MAGIC_1
          && (first[1] & 0xff) == GZIP_MAGIC_2) {
        return new GZIPInputStream(bytes, 1 << 16);
      }
      if (first.length > 0 && path.toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
        throw new DataException(
            path + ": is named .gz but is not gzip data; rename it or compress it again");
      }
      return bytes;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    int read = super.read(target, from, length);
    if (read > 0) {
      count += read;
      progress.bytesRead(count, total);
    }
    return read;
  }
}
