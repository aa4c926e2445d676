package io.lariat.cli.select;

import io.lariat.cli.words.Version;
import io.lariat.data.Dataset;
import io.lariat.model.Model;
import io.lariat.report.SelectionStudy;
import io.lariat.select.FeatureScore;
import io.lariat.select.Selection;
import io.lariat.train.Evaluation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A selection and what was asked for.
 *
 * @param study the selection as the report shows it
 * @param data what was selected from
 * @param seconds how long it took, without reading
 */
record SelectResult(SelectionStudy study, Dataset data, double seconds) {

  /** What was selected. */
  Selection selection() {
    return study.selection();
  }

  /** All columns, the most important first. */
  List<FeatureScore> byRank() {
    return selection().features().stream()
        .sorted(Comparator.comparingInt(FeatureScore::rank))
        .toList();
  }

  /** Whether the model has no hidden layer. */
  boolean isLinear() {
    return "none".equals(study.settings().get("hidden"));
  }

  /**
   * The refitted model, with notes on how it was made; not where and by how many threads, so that
   * the same selection gives the same bytes.
   */
  Model model() {
    Map<String, String> notes = new LinkedHashMap<>(selection().model().notes());
    study.settings().forEach((name, value) -> notes.put(name, value.toString()));
    notes.remove("data");
    notes.remove("threads");
    notes.put("lariat", Version.lariat());
    return selection().model().withNotes(notes);
  }

  /**
   * How the refitted model does on the rows that it was selected and fitted on; null for sparse
   * rows, which cannot be cut to its columns.
   */
  @Nullable Evaluation training() {
    return data.sparseRows() != null
        ? null
        : Evaluation.of(selection().model(), data.columns(selection().model().schema()));
  }
}
