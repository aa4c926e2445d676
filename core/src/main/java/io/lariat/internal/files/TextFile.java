package io.lariat.internal.files;

import io.lariat.data.DataException;
import io.lariat.data.ReadProgress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The bytes of a file that should be text, unpacked if they are gzip; reports how far their reading
 * has come.
 */
public final class TextFile extends FilterInputStream {
  private final long total;
  private final ReadProgress progress;
  private long count;

  private TextFile(InputStream in, long total, ReadProgress progress) {
    super(in);
    this.total = total;
    this.progress = progress;
  }

  /**
   * Opens {@code path}.
   *
   * @throws DataException if it is named .gz but is not gzip, or is no text but another kind of
   *     file
   */
  public static InputStream open(Path path, ReadProgress progress) throws IOException {
    InputStream file = new TextFile(Files.newInputStream(path), Files.size(path), progress);
    try {
      PushbackInputStream bytes = new PushbackInputStream(file, FileKind.BYTES);
      byte[] first = first(bytes);
      if (first.length >= 2
          && (first[0] & 0xff) == GzipMembers.MAGIC_1
          && (first[1] & 0xff) == GzipMembers.MAGIC_2) {
        PushbackInputStream unpacked =
            new PushbackInputStream(new GzipMembers(bytes), FileKind.BYTES);
        FileKind.requireText(path, first(unpacked));
        return unpacked;
      }
      FileKind.requireText(path, first);
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

  /** The first bytes, which are still to be read then. */
  private static byte[] first(PushbackInputStream bytes) throws IOException {
    byte[] first = bytes.readNBytes(FileKind.BYTES);
    bytes.unread(first);
    return first;
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
