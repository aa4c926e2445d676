package io.lariat.cli.train;

import io.lariat.cli.words.Figures;
import io.lariat.train.Epoch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One aligned line of text an epoch. */
final class EpochTable {
  private static final int WIDTH = 9;

  private final String metric;
  private final boolean validates;
  private final long weights;

  /**
   * A table.
   *
   * @param metric what {@link Epoch#metric} is
   * @param validates whether there are validation rows
   * @param weights the weights of all kernels
   */
  EpochTable(String metric, boolean validates, long weights) {
    this.metric = metric;
    this.validates = validates;
    this.weights = weights;
  }

  /** An epoch's row, with the line above it if it is the first. */
  List<String> lines(Epoch epoch) {
    return epoch.number() == 1 ? List.of(header(), row(epoch)) : List.of(row(epoch));
  }

  /** The line above the first row. */
  String header() {
    List<String> names = new ArrayList<>(List.of("loss", "data loss", "penalty", metric));
    if (validates) {
      names.addAll(List.of("val loss", metric.equals("mae") ? "val mae" : "val acc"));
    }
    names.addAll(List.of("zeros", "seconds"));
    return line("epoch", names);
  }

  /** An epoch's row. */
  String row(Epoch epoch) {
    List<String> cells = new ArrayList<>();
    cells.add(Figures.number(epoch.loss()));
    cells.add(Figures.number(epoch.dataLoss()));
    cells.add(Figures.number(epoch.penalty()));
    cells.add(Figures.number(epoch.metric()));
    if (validates) {
      Epoch.@Nullable Validation v = epoch.validation();
      cells.add(v == null ? "" : Figures.number(v.loss()));
      cells.add(v == null ? "" : Figures.number(v.metric()));
    }
    cells.add(Figures.percent(epoch.totalZeros(), weights));
    cells.add(Figures.seconds(epoch.seconds()));
    return line(String.valueOf(epoch.number()), cells);
  }

  private static String line(String first, List<String> cells) {
    StringBuilder line = new StringBuilder();
    pad(line, first, 5);
    for (String cell : cells) {
      line.append("  ");
      pad(line, cell, WIDTH);
    }
    return line.toString();
  }

  private static void pad(StringBuilder line, String cell, int width) {
    line.repeat(' ', Math.max(0, width - cell.length())).append(cell);
  }
}
