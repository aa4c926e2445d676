package io.lariat.data.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8, without a byte order mark. Malformed bytes are an exception, after all characters
 * before them have been handed out, so that the caller knows the line.
 */
final class Utf8Reader extends Reader {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).limit(0);
  private boolean ended;
  private boolean started;

  Utf8Reader(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(char[] out, int from, int length) throws IOException {
    while (true) {
      CharBuffer target = CharBuffer.wrap(out, from, length);
      CoderResult result = decoder.decode(bytes, target, ended);
      int count = length - target.remaining();
      if (count > 0 && !started) {
        started = true;
        if (out[from] == BYTE_ORDER_MARK) {
          count--;
          System.arraycopy(out, from + 1, out, from, count);
        }
      }
      if (count > 0) {
        return count;
      }
      if (result.isError()) {
        result.throwException();
      }
      if (ended) {
        return -1;
      }
      fill();
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (read < 0) {
      ended = true;
    } else {
      bytes.position(bytes.position() + read);
    }
    bytes.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
