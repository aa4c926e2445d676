package io.lariat.cli.words;

import io.lariat.model.Compaction;
import io.lariat.model.Model;
import io.lariat.model.ParameterLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compaction in words. */
public final class CompactionText {
  private static final int MOST_NAMED = 10;

  private final Model original;
  private final Compaction compaction;

  public CompactionText(Model original, Compaction compaction) {
    this.original = original;
    this.compaction = compaction;
  }

  /** Labels and lines; {@code check} null: it was not checked. */
  public Map<String, String> lines(Compaction.@Nullable Check check) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("from", size(original));
    lines.put(
        "to",
        compaction.isSmaller()
            ? size(compaction.model())
            : "the same: no input and no unit is dead");
    lines.put("columns", columns());
    lines.put(
        "predictions",
        compaction.isExact()
            ? "the same to the bit"
            : "the same but for rounding: constants were folded into biases, tolerance "
                + Text.of("%.0e", Compaction.TOLERANCE)
                + " of the largest output");
    if (original.certificate() != null && compaction.model().certificate() == null) {
      lines.put(
          "certificate",
          "left out, as it names data of all columns; 'lariat certify' computes it anew");
    }
    lines.put("checked", check == null ? "not: no data given" : held(check));
    return lines;
  }

  private static String size(Model model) {
    return Compaction.shape(model.network())
        + ", "
        + Figures.count(new ParameterLayout(model.network()).size(), "parameter");
  }

  private String columns() {
    List<String> removed = compaction.removedColumns();
    int all = original.schema().columns().size();
    String text = (all - removed.size()) + " of " + all + " needed";
    if (removed.isEmpty()) {
      return text;
    }
    return text + "; not needed: " + Text.some(removed, MOST_NAMED);
  }

  /** That the check held. */
  public static String held(Compaction.Check check) {
    return Text.of(
        "%s, largest difference %.2g, tolerance %.2g",
        Figures.count(check.rows(), "row"), check.largestDifference(), check.tolerance());
  }

  /** That it did not. */
  public static String failed(Compaction.Check check) {
    if (check.obstacle() != null) {
      return check.obstacle() + "; correct the row";
    }
    return Text.of(
        "the smaller model's predictions differ by up to %.2g, more than the tolerance of %.2g",
        check.largestDifference(), check.tolerance());
  }
}
