package io.lariat.model;

import com.google.gson.FormattingStyle;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes JSON into a string, without white space. */
final class JsonText {
  private JsonText() {}

  /** What is written. */
  @FunctionalInterface
  interface Content {
    void writeTo(JsonWriter json) throws IOException;
  }

  /** The JSON that {@code content} writes. */
  static String of(Content content) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setStrictness(Strictness.STRICT);
      json.setFormattingStyle(FormattingStyle.COMPACT);
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string takes whatever is written
    }
    return text.toString();
  }
}
