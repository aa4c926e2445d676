package io.lariat.internal.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Gzip data of any bytes, and damaged data: what was packed comes out, or an error. */
public final class GzipFuzz {
  private static final int MOST_MEMBERS = 4;
  private static final int MOST_DAMAGES = 3;
  private static final int DAMAGE = 3;

  private GzipFuzz() {}

  /**
   * Unpacks {@code input}, and what it describes: how many members, how many damages, where and
   * what these are (bits to flip in a byte; none: the data ends there), and the text.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      unpacked(input);
    } catch (IOException e) {
      // most bytes are no gzip data
    }
    if (input.length >= 2 + MOST_DAMAGES * DAMAGE) {
      damaged(input);
    }
  }

  private static void damaged(byte[] input) {
    byte[] text = Arrays.copyOfRange(input, 2 + MOST_DAMAGES * DAMAGE, input.length);
    int members = 1 + (input[0] & 0xff) % MOST_MEMBERS;
    byte[] packed = packed(text, members);
    boolean isCut = false;
    for (int d = 0; d < (input[1] & 0xff) % (MOST_DAMAGES + 1); d++) {
      int at = 2 + d * DAMAGE;
      int place =
          (((input[at] & 0xff) << Byte.SIZE) | (input[at + 1] & 0xff)) % (packed.length + 1);
      if (input[at + 2] == 0) {
        packed = Arrays.copyOf(packed, place);
        isCut = true;
      } else if (place < packed.length) {
        packed[place] ^= input[at + 2];
      }
    }
    byte[] found;
    try {
      found = unpacked(packed);
    } catch (IOException e) {
      return;
    }
    boolean isWhole = Arrays.equals(found, text);
    // Cut between two members, it is gzip data.
    for (int m = 0; isCut && m < members; m++) {
      isWhole |= Arrays.equals(found, Arrays.copyOf(text, end(text, m, members)));
    }
    if (!isWhole) {
      throw new AssertionError(found.length + " other bytes than the " + text.length + " packed");
    }
  }

  private static int end(byte[] text, int member, int members) {
    return text.length * member / members;
  }

  private static byte[] packed(byte[] text, int members) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int m = 0; m < members; m++) {
      int from = end(text, m, members);
      try (GZIPOutputStream member = new GZIPOutputStream(all)) {
        member.write(text, from, end(text, m + 1, members) - from);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all.toByteArray();
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (GzipMembers members = new GzipMembers(new ByteArrayInputStream(packed))) {
      return members.readAllBytes();
    }
  }
}
