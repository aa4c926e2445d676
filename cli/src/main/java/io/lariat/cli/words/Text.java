package io.lariat.cli.words;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.lariat.internal.text.Printable;
import io.lariat.path.LambdaPath;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words, lists, lines and sentences, the same in every locale. */
public final class Text {
  /** Longer lines than this are shortened in the middle: their end holds the remedy. */
  private static final int LONGEST = 900;

  private Text() {}

  /** As {@link String#format(String, Object...)}. */
  @FormatMethod
  public static String of(@FormatString String format, @Nullable Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** {@code a}, {@code a and b}, {@code a, b and c}, with another word for {@code and}. */
  public static String list(List<String> items, String and) {
    int last = items.size() - 1;
    return last < 1
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " " + and + " " + items.get(last);
  }

  /** The first {@code most} of {@code items}, and how many more there are. */
  public static String some(List<String> items, int most) {
    int more = items.size() - most;
    return more > 0
        ? String.join(", ", items.subList(0, most)) + " and " + more + " more"
        : String.join(", ", items);
  }

  /** The first {@code most} of {@code items}, and dots if there are more. */
  public static String first(List<String> items, int most) {
    return items.size() > most
        ? String.join(", ", items.subList(0, most)) + ", ..."
        : String.join(", ", items);
  }

  /** The first {@code most} characters, and {@code dots} if there are more. */
  public static String cut(String text, int most, String dots) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most)) + dots;
  }

  /** On one line, without what a name in a file could do to a terminal, and not too long. */
  public static String oneLine(String text) {
    String line = Printable.of(text.stripTrailing());
    int length = line.codePointCount(0, line.length());
    return length <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST / 2))
            + " ... "
            + line.substring(line.offsetByCodePoints(line.length(), -LONGEST / 3));
  }

  /** How a rule is written. */
  public static String word(LambdaPath.Rule rule) {
    return rule == LambdaPath.Rule.ONE_SE ? "1se" : "min";
  }

  /** How any other constant is written. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
