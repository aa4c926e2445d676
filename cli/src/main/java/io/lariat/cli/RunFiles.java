package io.lariat.cli;

import io.lariat.model.ModelFile;
import java.util.List;

/** The names of the files that commands write to a run's folder. */
final class RunFiles {
  static final String HISTORY = "history.csv";
  static final String SUMMARY = "summary.json";
  static final String REPORT = "report.html";
  static final String PATH = "path.csv";
  static final String COEFFICIENTS = "coefficients.csv";
  static final String COMPARISON = "compare.csv";
  static final String SELECTED = "selected.csv";
  static final String FEATURES = "features.csv";

  /** What {@code compact} makes of the model, unless told otherwise. */
  static final String COMPACTED = "model-compact.safetensors";

  /** All of them: none of another command's is left where a run's files are replaced. */
  static final List<String> ALL =
      List.of(
          ModelFile.NAME,
          COMPACTED,
          HISTORY,
          SUMMARY,
          REPORT,
          PATH,
          COEFFICIENTS,
          COMPARISON,
          SELECTED,
          FEATURES);

  private RunFiles() {}
}
