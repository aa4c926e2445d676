package io.lariat.model;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 that is refused where it is not well formed, in both directions. */
final class Utf8 {
  private Utf8() {}

  /**
   * The bytes of {@code text}.
   *
   * @throws ModelException if it holds half of a surrogate pair; begins with {@code what}
   */
  static byte[] bytes(String what, String text) {
    try {
      ByteBuffer encoded =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new ModelException(
          what + " holds half of a surrogate pair, which is no character; remove it", e);
    }
  }

  /** A reader that fails at bytes that are no text. */
  static Reader reader(InputStream bytes) {
    return new InputStreamReader(
        bytes,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }
}
