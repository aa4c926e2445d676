package io.lariat.data.csv;

import io.lariat.internal.text.CellKind;
import io.lariat.internal.text.Excerpt;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a file's first line does not name the columns that are looked for: what else the file may be.
 * Asked only when something is wrong, so that a line that looks odd and is right does no harm.
 */
final class HeaderCause {
  /** So many characters of the file's begin are looked at. */
  static final int LONGEST = 1 << 16;

  /** And so many lines. */
  static final int MOST_LINES = 8;

  private static final Pattern LIBSVM = Pattern.compile("\\S+( +\\d+:[^\\s,]+)+\\s*(#.*)?");
  private static final Pattern COMMENT = Pattern.compile("#|%|//|--|!");

  /** What parts cells instead of commas, and its name. */
  private enum Separator {
    SEMICOLON(";", "semicolons"),
    TAB("\t", "tabs"),
    BAR("\\|", "vertical bars"),
    COLON(":", "colons"),
    CARET("\\^", "carets"),
    TILDE("~", "tildes"),
    SPACE(" +", "spaces");

    private final Pattern pattern;
    private final Pattern betweenQuotes;
    private final String plural;

    Separator(String regex, String plural) {
      this.pattern = Pattern.compile(regex);
      this.betweenQuotes = Pattern.compile("\"" + regex + "\"");
      this.plural = plural;
    }

    List<String> split(String line) {
      return Arrays.stream(pattern.split(line, -1)).map(HeaderCause::bare).toList();
    }

    /** Whether these part the cells of a line that has no comma, whatever it names. */
    boolean isPlainIn(String line) {
      boolean isRareInNames = this == SEMICOLON || this == TAB || this == BAR;
      return !line.contains(",") && (isRareInNames || betweenQuotes.matcher(line).find());
    }
  }

  private HeaderCause() {}

  /**
   * What is wrong with the line, and the remedy; null if nothing shows.
   *
   * @param lines the file's first lines that are not blank, as far as they are known
   * @param wanted the columns that the first should name
   */
  static @Nullable String of(List<String> lines, Collection<String> wanted) {
    if (lines.isEmpty()) {
      return null;
    }
    String text = lines.getFirst().strip();
    @Nullable String format = format(text);
    if (format != null) {
      return format;
    }
    for (Separator separator : Separator.values()) {
      List<String> names = separator.split(text);
      boolean namesWanted = wanted.stream().anyMatch(names::contains);
      if (names.size() > 1 && (namesWanted || separator.isPlainIn(text))) {
        return String.format(
            Locale.ROOT,
            "the columns are separated by %s; save the file with commas (and with decimal points)",
            separator.plural);
      }
    }
    if (COMMENT.matcher(text).lookingAt()) {
      return "is a comment, " + Excerpt.of(text) + "; remove the lines before the header";
    }
    if (cells(text).allMatch(HeaderCause::isNumber)) {
      return "holds numbers, not names; put a header line before the rows";
    }
    return isTitle(text, lines.subList(1, lines.size()), wanted)
        ? "is a title, " + Excerpt.of(text) + "; remove the lines before the header"
        : null;
  }

  private static @Nullable String format(String text) {
    if (text.regionMatches(true, 0, "sep=", 0, 4)) {
      return "is 'sep=', a hint for Excel; remove the line and save the file with commas";
    }
    if (text.startsWith("<")) {
      return "begins as a web page or XML does; download or save the table itself as CSV";
    }
    if (text.startsWith("{") || text.matches("\\[\\s*([\\[{\"].*)?")) {
      return "begins as JSON does; save the table as CSV";
    }
    if (text.regionMatches(true, 0, "@relation", 0, 9)) {
      return "begins as an ARFF file does; save the table as CSV";
    }
    if (LIBSVM.matcher(text).matches()) {
      return "is that of a libsvm file; read it as one (--format libsvm)";
    }
    return null;
  }

  /**
   * Whether a line of names, of all that are {@code wanted} if any are, comes only after this one:
   * this has not all of them, or has a single name where that has more.
   */
  private static boolean isTitle(String text, List<String> next, Collection<String> wanted) {
    long names = names(text);
    return next.stream()
        .filter(line -> names(line) > 1 && cells(line).noneMatch(HeaderCause::isNumber))
        .findFirst()
        .filter(
            line ->
                names == 1
                    || (!wanted.isEmpty()
                        && cells(line).map(HeaderCause::bare).toList().containsAll(wanted)))
        .isPresent();
  }

  private static long names(String line) {
    return cells(line).filter(cell -> !bare(cell).isEmpty()).count();
  }

  private static Stream<String> cells(String line) {
    return Arrays.stream(line.split(",", -1));
  }

  private static boolean isNumber(String cell) {
    char[] bare = bare(cell).toCharArray();
    return !Double.isNaN(CellKind.parse(bare, 0, bare.length));
  }

  /** Without white space and quotes around it. */
  private static String bare(String cell) {
    String name = cell.strip();
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1).strip() : name;
  }
}
