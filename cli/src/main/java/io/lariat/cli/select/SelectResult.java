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
 * @param data what was selected from
 * @param selection the selection
 * @param level the probability of selecting something where nothing matters
 * @param settings what was asked for
 * @param notes remarks for the user
 * @param seconds how long it took, without reading
 */
record SelectResult(
    Dataset data,
    Selection selection,
    double level,
    Map<String, Object> settings,
    List<String> notes,
    double seconds) {

  /** All columns, the most important first. */
  List<FeatureScore> byRank() {
    return selection.features().stream()
        .sorted(Comparator.comparingInt(FeatureScore::rank))
        .toList();
  }

  /** Whether the model has no hidden layer. */
  boolean isLinear() {
    return "none".equals(settings.get("hidden"));
  }

  /**
   * The refitted model, with notes on how it was made; not where and by how many threads, so that
   * the same selection gives the same bytes.
   */
  Model model() {
    Map<String, String> notes = new LinkedHashMap<>(selection.model().notes());
    settings.forEach((name, value) -> notes.put(name, value.toString()));
    notes.remove("data");
    notes.remove("threads");
    notes.put("lariat", Version.lariat());
    return selection.model().withNotes(notes);
  }

  /**
   * How the refitted model does on the rows that it was selected and fitted on; null for sparse
   * rows, which cannot be cut to its columns.
   */
  @Nullable Evaluation training() {
    return data.sparseRows() != null
        ? null
        : Evaluation.of(selection.model(), data.columns(selection.model().schema()));
  }

  /** For the report. */
  SelectionStudy study() {
    Map<String, String> shown = new LinkedHashMap<>();
    settings.forEach((name, value) -> shown.put(name, value.toString()));
    return new SelectionStudy(
        data.source(), data.schema(), data.rows(), selection, level, shown, notes);
  }
}
