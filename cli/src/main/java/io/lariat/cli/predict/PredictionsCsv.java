package io.lariat.cli.predict;

import io.lariat.cli.words.CsvCell;
import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Text;
import io.lariat.data.DataException;
import io.lariat.data.Features;
import io.lariat.model.Model;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Predicts the rows of a file and writes them as CSV, piece by piece: what is kept does not grow
 * with the number of rows, and not with that of the classes beyond one row's.
 */
final class PredictionsCsv {
  /** About so many outputs are computed at a time, those of a row at least. */
  private static final int OUTPUTS = 1 << 17;

  private static final int MOST_ROWS = 1024;

  /** So many characters are written at a time. */
  private static final int TEXT = 1 << 16;

  private final Model model;
  private final String file;
  private final OnError onError;
  private final PredictedNumber number;
  private final FarValues farValues;
  private final double[] outputs;
  private final int piece;
  private final StringBuilder text = new StringBuilder();
  private long rows;
  private long notFinite;

  /** Predictions of {@code model} for the rows of {@code file}, as it is called in messages. */
  PredictionsCsv(Model model, String file, OnError onError) {
    this.model = model;
    this.file = file;
    this.onError = onError;
    number = PredictedNumber.of(model);
    farValues = new FarValues(model);
    piece = Math.clamp(OUTPUTS / model.outputs(), 1, MOST_ROWS);
    outputs = new double[piece * model.outputs()];
  }

  /**
   * Predicts the next rows and writes them to {@code out}, before the first ones the header.
   *
   * @throws DataException if a prediction is not finite and is to fail; the rows before it have
   *     been written
   */
  void write(Features block, Appendable out) throws IOException {
    if (rows == 0) {
      header(out);
    }
    for (int from = 0; from < block.rows(); from += piece) {
      int count = Math.min(piece, block.rows() - from);
      model.predict(block, from, count, outputs);
      farValues.look(block, from, count);
      for (int i = 0; i < count; i++) {
        rows++;
        boolean isFinite = model.isFinite(outputs, i);
        if (!isFinite) {
          notFinite++;
          if (onError == OnError.FAIL) {
            flush(out);
            throw notFinite(block, from + i);
          }
        }
        row(i, isFinite, out);
      }
    }
    flush(out);
  }

  private void header(Appendable out) throws IOException {
    String separator = "";
    for (String column : model.head().columns(model.schema().target())) {
      text.append(separator).append(CsvCell.of(column));
      flushIfFull(out);
      separator = ",";
    }
    text.append('\n');
  }

  /** A row of no finite prediction has no class and no numbers. */
  private void row(int i, boolean isFinite, Appendable out) throws IOException {
    if (!model.schema().target().task().isNumber()) {
      text.append(isFinite ? CsvCell.of(model.classOf(outputs, i)) : "").append(',');
    }
    int width = model.outputs();
    for (int j = 0; j < width; j++) {
      text.append(j == 0 ? "" : ",").append(isFinite ? number.text(outputs[i * width + j]) : "NaN");
      flushIfFull(out);
    }
    text.append('\n');
  }

  private void flushIfFull(Appendable out) throws IOException {
    if (text.length() >= TEXT) {
      flush(out);
    }
  }

  private void flush(Appendable out) throws IOException {
    out.append(text);
    text.setLength(0);
  }

  private DataException notFinite(Features block, int i) {
    double[] row = new double[model.features()];
    block.copy(i, 1, row);
    return new DataException(
        Text.of(
            "%s: the prediction of row %d is not a finite number: %s; correct the row, or have such"
                + " predictions written as NaN by --on-error nan",
            file, rows, model.whyNotFinite(row)));
  }

  /** How many rows were written as NaN, for people; null: none. */
  @Nullable String notFiniteNote() {
    return notFinite == 0
        ? null
        : Text.of(
            "%s: %s of %s %s written as NaN",
            file,
            Figures.count(notFinite),
            Figures.count(rows, "prediction"),
            notFinite == 1 ? "is" : "are");
  }

  /** What else is to be said of the rows, for people; null: nothing. */
  @Nullable String note() {
    @Nullable String note = farValues.note();
    return note == null ? null : file + ": " + note;
  }
}
