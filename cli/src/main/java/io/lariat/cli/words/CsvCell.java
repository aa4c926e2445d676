package io.lariat.cli.words;

/** Cells of CSV files. */
public final class CsvCell {
  private CsvCell() {}

  /** A text, in quotes where RFC 4180 wants them, or a reader may take space at its ends away. */
  public static String of(String value) {
    boolean quoted =
        value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
            || !value.equals(value.replace('\u00a0', ' ').replace('\ufeff', ' ').strip());
    return quoted ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }

  /** A number in full; nothing for NaN. */
  public static String of(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
