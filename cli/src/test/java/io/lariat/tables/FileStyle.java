package io.lariat.tables;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * How a table is written to a file.
 *
 * @param newline between lines
 * @param mark whether a byte order mark comes first
 * @param quoted the share of cells in quotes that need none
 * @param blank the share of lines that a blank one follows
 * @param gzip whether it is compressed
 * @param libsvm whether as libsvm rather than CSV
 * @param seed of what is drawn on the way
 */
record FileStyle(
    String newline,
    boolean mark,
    double quoted,
    double blank,
    boolean gzip,
    boolean libsvm,
    long seed) {

  String fileName() {
    return (libsvm ? "data.libsvm" : "data.csv") + (gzip ? ".gz" : "");
  }

  /** Writes the table into {@code folder}; the file. */
  Path write(Table table, Path folder) throws IOException {
    byte[] bytes =
        ((mark ? "\ufeff" : "") + (libsvm ? libsvm(table) : csv(table)))
            .getBytes(StandardCharsets.UTF_8);
    if (gzip) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(bytes);
      }
      bytes = packed.toByteArray();
    }
    return Files.write(folder.resolve(fileName()), bytes);
  }

  private String csv(Table table) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    line(text, table.names(), random);
    for (List<String> row : table.rows()) {
      line(text, row, random);
      if (random.nextDouble() < blank) {
        text.append(random.nextBoolean() ? "" : "  ").append(newline);
      }
    }
    return text.toString();
  }

  private void line(StringBuilder text, List<String> cells, Random random) {
    for (int j = 0; j < cells.size(); j++) {
      text.append(j == 0 ? "" : ",").append(cell(cells.get(j), random.nextDouble() < quoted));
    }
    text.append(newline);
  }

  private static String cell(String text, boolean quoted) {
    boolean must = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return must || quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private String libsvm(Table table) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : table.rows()) {
      text.append(row.getLast().strip());
      for (int j = 0; j + 1 < row.size(); j++) {
        String cell = row.get(j).strip();
        if (Double.parseDouble(cell) != 0 || j + 2 == row.size()) { // the last says how many
          text.append(' ').append(j + 1).append(':').append(cell);
        }
      }
      text.append(newline);
    }
    return text.toString();
  }
}
