package io.lariat.cli;

import io.lariat.data.Target;
import io.lariat.data.Task;
import io.lariat.model.Model;

/** Predictions as CSV. */
final class PredictionsCsv {
  private PredictionsCsv() {}

  /**
   * The text.
   *
   * @param model what predicted
   * @param outputs {@code [rows x outputs]}, as predicted
   */
  static String of(Model model, double[] outputs, int rows) {
    Target target = model.schema().target();
    StringBuilder text = new StringBuilder("prediction");
    switch (target.task()) {
      case BINARY -> text.append(",probability");
      case MULTICLASS -> {
        for (String label : target.classes()) {
          text.append(',').append(CsvCell.of("probability_" + label));
        }
      }
      case REGRESSION -> {}
    }
    text.append('\n');
    int width = model.outputs();
    PredictedNumber number = PredictedNumber.of(model);
    for (int i = 0; i < rows; i++) {
      if (target.task() != Task.REGRESSION) {
        text.append(CsvCell.of(model.classOf(outputs, i))).append(',');
      }
      for (int j = 0; j < width; j++) {
        text.append(j == 0 ? "" : ",").append(number.text(outputs[i * width + j]));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
