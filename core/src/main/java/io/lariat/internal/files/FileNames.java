package io.lariat.internal.files;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** File names within what file systems hold: 255 bytes. */
public final class FileNames {
  private static final int MOST_BYTES = 255;

  private FileNames() {}

  /**
   * {@code name} and {@code suffix}, or as much of the name's beginning as there is room for and a
   * checksum of the whole, so that two long names stay two.
   */
  public static String with(String name, String suffix) {
    int room = MOST_BYTES - bytes(suffix);
    if (bytes(name) <= room) {
      return name + suffix;
    }
    CRC32C crc = new CRC32C();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    String sum = "-" + Long.toHexString(crc.getValue());
    return cut(name, room - bytes(sum)) + sum + suffix;
  }

  /** The same with a dot before it, by which listings leave it out. */
  static String hidden(String name, String suffix) {
    return with("." + name, suffix);
  }

  /** The beginning of {@code name}: whole characters, at most {@code most} bytes of UTF-8. */
  public static String cut(String name, int most) {
    int end = 0;
    int sum = 0;
    while (end < name.length()) {
      int next = name.offsetByCodePoints(end, 1);
      sum += bytes(name.substring(end, next));
      if (sum > most) {
        break;
      }
      end = next;
    }
    return name.substring(0, end);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
