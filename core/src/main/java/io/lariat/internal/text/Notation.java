package io.lariat.internal.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells numbers in other notations than the plain one, and dates and times, from words: {@code
 * 3,5}, {@code 1.234,50}, {@code 1_000}, {@code 12%}, {@code $5}, {@code 5°}, {@code 1*10^5};
 * {@code 2024-05-17}, {@code 17.5.24 9:30}, {@code May 17, 2024}.
 *
 * <p>A range ({@code 5-10%}), a version ({@code 1.2.3}), a ratio ({@code 120/80}) is none of these.
 */
final class Notation {
  private static final String SPACE = "[ \\u00a0\\u2009\\u202f]";
  private static final String UNIT = "(?:%|\\u2030|\u00b0 ?[CF]?|\\p{Sc}|USD|EUR|GBP|CHF|JPY)";

  /** Digits in groups, with what parts them, or without; a fraction behind a point or a comma. */
  private static final String DIGITS =
      "(?:\\d{1,3}(?:,\\d{2,3})*,\\d{3}(?:\\.\\d*)?" // 1,234.5 and 12,34,567
          + "|\\d{1,3}(?:\\.\\d{3})+(?:,\\d*)?" // 1.234,5
          + "|\\d{1,3}(?:['\\u2019]\\d{3})+(?:[.,]\\d*)?" // 1'234.5
          + ("|\\d{1,3}(?:" + SPACE + "\\d{3})+(?:[.,]\\d*)?") // 1 234,5
          + "|\\d+(?:_\\d+)+(?:[.,]\\d*)?" // 1_000
          + "|\\d+[.,]?\\d*|[.,]\\d+)"; // 12, 12.5 and 12,5

  private static final Pattern NUMBER =
      Pattern.compile(
          "\\(?[-+\\u2212]?"
              + ("(?:" + UNIT + SPACE + "?)?[-+\\u2212]?")
              + DIGITS
              + "(?:[eEdD][-+\\u2212]?\\d+| ?[*xX\\u00d7\\u00b7]"
              + " ?10(?:\\^|\\*\\*)[-+\\u2212]?\\d+)?"
              + ("(?:" + SPACE + "?" + UNIT + ")?[-\\u2212]?\\)?"),
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern HEXADECIMAL =
      Pattern.compile("[-+]?0[xX]\\p{XDigit}+(?:[pP][-+]?\\d+)?");

  /**
   * As Java and C write them, 2.5f, or in thousands, millions and so on: 1.5K. A letter behind
   * whole digits may be all of a name, such as 3d, 2B and 5G.
   */
  private static final Pattern LITERAL =
      Pattern.compile("[-+]?(?:\\d+\\.\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?[fFdDlLkKMB]");

  private static final String YEAR = "(?:1[5-9]|20|21)\\d\\d";
  private static final String MONTH = "(?:0?[1-9]|1[0-2])";
  private static final String DAY = "(?:0?[1-9]|[12]\\d|3[01])";
  private static final String NAME =
      "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
          + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
  private static final String WEEKDAY =
      "(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?";
  private static final String TIME =
      "(?:[01]?\\d|2[0-4]):[0-5]\\d(?::[0-5]\\d(?:[.,]\\d+)?)?(?: ?[ap]\\.?m\\.?)?"
          + "(?: ?(?:z|utc|gmt|[-+]\\d\\d:?(?:\\d\\d)?))?";

  private static final Pattern DATE =
      Pattern.compile(
          WEEKDAY
              + "(?:"
              + String.join(
                  "|",
                  YEAR + "([-/.])" + MONTH + "\\1" + DAY,
                  DAY + "([-/.])" + MONTH + "\\2(?:" + YEAR + "|\\d\\d)",
                  MONTH + "([-/.])" + DAY + "\\3(?:" + YEAR + "|\\d\\d)",
                  YEAR + "[-/](?:0[1-9]|1[0-2])",
                  "(?:0[1-9]|1[0-2])[-/.]" + YEAR,
                  YEAR + "[- ]?(?:q[1-4]|w[0-5]\\d(?:-[1-7])?)",
                  DAY
                      + "(?:st|nd|rd|th)?[- .]{1,2}"
                      + NAME
                      + "(?:[- ,]{1,2}(?:"
                      + YEAR
                      + "|\\d\\d))?",
                  NAME + "[- ]" + DAY + "(?:st|nd|rd|th)?(?:,? " + YEAR + ")?",
                  NAME + "[- ]" + YEAR)
              + ")(?:(?:t|,? )"
              + TIME
              + ")?|"
              + TIME
              + "|\\d{8}t\\d{4,6}z?");

  private Notation() {}

  /** Whether {@code text} is a number, in plain notation or another. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches()
        || HEXADECIMAL.matcher(text).matches()
        || LITERAL.matcher(text).matches();
  }

  /** Whether {@code text} is a date, a time, or both. */
  static boolean isDate(String text) {
    return DATE.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }
}
