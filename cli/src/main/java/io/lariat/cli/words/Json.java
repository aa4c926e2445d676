package io.lariat.cli.words;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import io.lariat.internal.text.Printable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSON, for files that programs read and for the data of pages. */
public final class Json {
  private static final Gson FILE =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  /** Escapes for HTML by default. */
  private static final Gson PAGE = new GsonBuilder().serializeNulls().create();

  /** Losses and weights are float32: more digits would say nothing. */
  private static final MathContext FLOAT = new MathContext(7);

  private Json() {}

  /** The text of a file. */
  public static String file(JsonElement value) {
    return FILE.toJson(value) + "\n";
  }

  /**
   * The text of data that may stand inside a script element: {@code <}, {@code >} and {@code &} are
   * escaped, so are U+2028 and U+2029, and strings are as {@link Printable} shows them.
   */
  public static String page(JsonElement value) {
    StringWriter text = new StringWriter();
    PAGE.toJson(value, new PrintableWriter(text));
    return text.toString();
  }

  private static final class PrintableWriter extends JsonWriter {
    PrintableWriter(Writer out) {
      super(out);
    }

    @Override
    public JsonWriter value(@Nullable String value) throws IOException {
      return super.value(value == null ? null : Printable.of(value));
    }
  }

  /** A number with all its digits, or null where JSON has none. */
  public static JsonElement exact(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  /** A number with the digits of a float, or null where JSON has none. */
  public static JsonElement number(double value) {
    if (!Double.isFinite(value)) {
      return JsonNull.INSTANCE;
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return new JsonPrimitive((long) value);
    }
    return new JsonPrimitive(new BigDecimal(value).round(FLOAT));
  }

  /** Strings. */
  public static JsonArray strings(List<String> items) {
    return array(items, JsonPrimitive::new);
  }

  /** What {@code element} makes of each of {@code items}. */
  public static <T> JsonArray array(List<T> items, Function<T, JsonElement> element) {
    JsonArray out = new JsonArray(items.size());
    items.forEach(item -> out.add(element.apply(item)));
    return out;
  }
}
