package io.lariat.model;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.lariat.internal.text.Excerpt;
import java.io.IOException;
import java.io.Reader;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads JSON of a known form from an untrusted source. Every value is asked for by its type, an
 * object's fields may come once, and whatever is not as expected is a {@link ModelException}. Only
 * nesting that the caller asks for is followed, so that the depth is bounded.
 */
final class StrictJson {
  private static final int LONGEST_NUMBER = 40;

  private final String where;
  private final JsonReader reader;

  /** Reads {@code text}; messages begin with {@code where}. */
  StrictJson(String where, Reader text) {
    this.where = where;
    this.reader = new JsonReader(text);
    reader.setStrictness(Strictness.STRICT);
  }

  /** Something that is read; may fail. */
  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T step(Step<T> step) {
    try {
      return step.run();
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new ModelException(where + " is not well-formed JSON", e);
    }
  }

  /** A failure of what is being read. */
  ModelException failure(String what) {
    return new ModelException(where + ": " + what);
  }

  private void expect(JsonToken expected, String what) {
    JsonToken found = step(reader::peek);
    if (found != expected) {
      throw failure(
          String.format(
              Locale.ROOT, "%s: expected %s, found %s", what, describe(expected), describe(found)));
    }
  }

  private static String describe(JsonToken token) {
    return switch (token) {
      case BEGIN_ARRAY -> "an array";
      case BEGIN_OBJECT -> "an object";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case END_DOCUMENT -> "the end";
      case NULL, NAME, END_ARRAY, END_OBJECT -> token.name().toLowerCase(Locale.ROOT);
    };
  }

  /**
   * Reads an object of at most {@link FileLimits#FIELDS} fields; {@code field} gets each one's name
   * and has to read its value.
   */
  void object(String what, Consumer<String> field) {
    expect(JsonToken.BEGIN_OBJECT, what);
    step(
        () -> {
          reader.beginObject();
          return true;
        });
    Set<String> seen = new HashSet<>();
    while (step(reader::hasNext)) {
      String name = step(reader::nextName);
      if (!seen.add(name)) {
        throw failure(what + ": " + Excerpt.of(name) + " occurs twice");
      }
      if (seen.size() > FileLimits.FIELDS) {
        throw failure(
            String.format(Locale.ROOT, "%s has more than %d fields", what, FileLimits.FIELDS));
      }
      field.accept(name);
    }
    step(
        () -> {
          reader.endObject();
          return true;
        });
  }

  /** Reads an array; {@code element} has to read the next element. */
  void array(String what, Runnable element) {
    expect(JsonToken.BEGIN_ARRAY, what);
    step(
        () -> {
          reader.beginArray();
          return true;
        });
    while (step(reader::hasNext)) {
      element.run();
    }
    step(
        () -> {
          reader.endArray();
          return true;
        });
  }

  /** Reads a string. */
  String string(String what) {
    expect(JsonToken.STRING, what);
    return step(reader::nextString);
  }

  /** Reads a whole number that is not negative. */
  long whole(String what) {
    String text = number(what);
    if (!text.chars().allMatch(c -> c >= '0' && c <= '9') || text.length() > 18) {
      throw failure(
          String.format(
              Locale.ROOT, "%s: expected a whole number from 0 to 10^18, found %s", what, text));
    }
    return Long.parseLong(text);
  }

  /** Reads a finite number. */
  double finite(String what) {
    String text = number(what);
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw failure(what + ": expected a finite number, found " + text);
    }
    return value;
  }

  private String number(String what) {
    expect(JsonToken.NUMBER, what);
    String text = step(reader::nextString);
    if (text.length() > LONGEST_NUMBER) {
      throw failure(what + ": a number of " + text.length() + " characters");
    }
    return text;
  }

  /** Reads an array of {@code count} finite numbers. */
  double[] finites(String what, int count) {
    double[] values = new double[count];
    int[] read = {0};
    array(
        what,
        () -> {
          if (read[0] == count) {
            throw failure(what + ": expected " + count + " numbers, found more");
          }
          values[read[0]++] = finite(what);
        });
    if (read[0] < count) {
      throw failure(what + ": expected " + count + " numbers, found " + read[0]);
    }
    return values;
  }

  /** Refuses a field that the format does not have. */
  ModelException unknownField(String what, String name) {
    return failure(what + ": unknown field " + Excerpt.of(name));
  }

  /** Checks that nothing follows. */
  void end() {
    expect(JsonToken.END_DOCUMENT, "after the JSON");
  }
}
