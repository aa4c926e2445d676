package io.lariat.tables;

import java.io.IOException;
import java.util.List;

/** Makes a table smaller as long as what is wrong with it stays. */
final class Shrinking {
  private static final int MOST_TRIALS = 150;

  private final String sign;
  private int trials;

  private Shrinking(String finding) {
    sign = sign(finding);
  }

  /** The smallest table found of which something like {@code finding} is said. */
  static Table of(Table table, String finding) throws IOException {
    return new Shrinking(finding).shrink(table);
  }

  /** A finding without its numbers and names. */
  private static String sign(String finding) {
    return finding.replaceAll("'[^']*'|[-+0-9.eE]+", "#");
  }

  private boolean shows(Table table) throws IOException {
    trials++;
    List<String> findings = Trial.of(table).findings();
    return findings.stream().anyMatch(finding -> sign(finding).equals(sign));
  }

  private Table shrink(Table table) throws IOException {
    Table smallest = shows(table.plain()) ? table.plain() : table;
    for (int j = smallest.columns() - 2; j >= 0 && smallest.columns() > 2; j--) {
      Table less = smallest.withoutColumn(j);
      smallest = shows(less) ? less : smallest;
    }
    for (int size = smallest.rows().size() / 2; size >= 1; size /= 2) {
      for (int from = 0; from + size < smallest.rows().size() && trials < MOST_TRIALS; ) {
        Table less = smallest.withoutRows(from, from + size);
        boolean gone = less.rows().isEmpty() || !shows(less);
        from += gone ? size : 0;
        smallest = gone ? smallest : less;
      }
    }
    return smallest;
  }
}
