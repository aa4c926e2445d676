package io.lariat.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("D12")
final class GzipMembersTest {
  private static final byte[] FIRST = text(1, 5_000);

  /** More than any buffer holds, packed too. */
  private static final byte[] LARGE = text(3, 400_000);

  private static final byte[] SECOND = text(2, 300);

  /** Bytes that can be compressed a little. */
  private static byte[] text(long seed, int length) {
    byte[] text = new byte[length];
    Random random = new Random(seed);
    for (int i = 0; i < length; i++) {
      text[i] = (byte) random.nextInt('a', 'k');
    }
    return text;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return packed.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] unpack(byte[] packed) throws IOException {
    try (InputStream in = new GzipMembers(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  @Test
  void takesAllMembersAndZerosBehindThem() throws IOException {
    byte[] both = join(gzip(FIRST), gzip(SECOND));

    assertThat(unpack(gzip(FIRST))).isEqualTo(FIRST);
    assertThat(unpack(join(gzip(LARGE), both, gzip(LARGE))))
        .isEqualTo(join(LARGE, FIRST, SECOND, LARGE));
    assertThat(unpack(both)).isEqualTo(join(FIRST, SECOND));
    assertThat(unpack(join(both, gzip(new byte[0]), gzip(SECOND))))
        .isEqualTo(join(FIRST, SECOND, SECOND));
    assertThat(unpack(join(both, new byte[100_000]))).isEqualTo(join(FIRST, SECOND));
  }

  /** A pipe says that nothing is there yet, where another member comes. */
  @Test
  void takesAMemberThatComesLate() throws IOException {
    InputStream late =
        new SequenceInputStream(
            new ByteArrayInputStream(gzip(FIRST)), new ByteArrayInputStream(gzip(SECOND))) {
          @Override
          public int available() {
            return 0;
          }
        };
    try (InputStream in = new GzipMembers(late)) {
      assertThat(in.readAllBytes()).isEqualTo(join(FIRST, SECOND));
    }
  }

  /** All fields of RFC 1952: extra, name, comment and the header's own check. */
  @Test
  void takesAHeaderWithAllFields() throws IOException {
    byte[] plain = gzip(SECOND);
    byte[] header = {0x1f, (byte) 0x8b, 8, 0x1e, 1, 2, 3, 4, 0, 3};
    byte[] fields = join(new byte[] {3, 0, 7, 7, 7}, bytes("name\0"), bytes("words\0"));
    CRC32 crc = new CRC32();
    crc.update(join(header, fields));
    byte[] check = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
    byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);

    assertThat(unpack(join(header, fields, check, rest, plain))).isEqualTo(join(SECOND, SECOND));
  }

  /** Every bit of the magic number, the method and the flags; of the check sum and the size. */
  @Test
  void refusesAMemberThatIsDamaged() {
    byte[] first = gzip(FIRST);
    byte[] second = gzip(SECOND);
    for (int bit = 0; bit < 8 * second.length; bit++) {
      int at = bit / 8;
      // That it is text, the time, the extra flags and the system say nothing; nor does a bit of
      // the
      // data that only fills up a byte.
      if (bit == 8 * 3 || (at >= 4 && at < second.length - 8)) {
        continue;
      }
      byte[] damaged = join(first, second);
      damaged[first.length + at] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> unpack(damaged)).as("bit " + bit).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesAnEndThatIsMissing() {
    byte[] both = join(gzip(FIRST), gzip(SECOND));
    int second = gzip(FIRST).length;
    for (int length = second + 1; length < both.length; length++) {
      byte[] cut = Arrays.copyOf(both, length);
      assertThatThrownBy(() -> unpack(cut)).as("length " + length).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "garbage", "\0\0\0x", "\0\u001f\u008b\b", "\n", "\u001f"})
  void refusesWhatIsNoMember(String behind) {
    byte[] bytes = bytes(behind);

    assertThatThrownBy(() -> unpack(join(gzip(FIRST), bytes))).isInstanceOf(IOException.class);
  }
}
