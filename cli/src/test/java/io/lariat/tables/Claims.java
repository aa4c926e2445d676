package io.lariat.tables;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a run claims, held against the predictions of the model that it wrote on its own file. */
final class Claims {
  /** Predictions are printed as they are kept, at the least as floats. */
  private static final double RELATIVE = 2e-3;

  private static final double OF_SPREAD = 1e-5;

  private final Table table;
  private final List<CsvRecord> predictions;
  private final List<String> header;
  private final List<String> findings;

  /** Of {@code csv}, what {@code predict} printed; adds what is not true to {@code findings}. */
  Claims(Table table, String csv, List<String> findings) {
    this.table = table;
    this.findings = findings;
    List<CsvRecord> all = CsvReader.builder().ofCsvRecord(csv).stream().toList();
    header = all.getFirst().getFields();
    predictions = all.subList(1, all.size());
    if (predictions.size() != table.rows().size()) {
      findings.add(predictions.size() + " predictions of " + table.rows().size() + " rows");
    }
    for (CsvRecord record : predictions) {
      for (String field : record.getFields()) {
        if (field.matches("-?(NaN|Infinity)")) {
          findings.add("a prediction is " + field);
          return;
        }
      }
    }
    labels();
  }

  private boolean isRegression() {
    return header.size() == 1;
  }

  private void labels() {
    if (isRegression()) {
      return;
    }
    Set<String> known = new HashSet<>(table.targets().stream().map(String::strip).toList());
    for (CsvRecord record : predictions) {
      if (!known.contains(record.getField(0).strip())) {
        findings.add("label '" + record.getField(0) + "' is not in the file");
        return;
      }
    }
  }

  /** The metrics of the rows from {@code from} to before {@code to}, as a summary names them. */
  void metrics(String which, JsonObject claimed, int from, int to) {
    if (predictions.size() != table.rows().size() || to <= from) {
      return;
    }
    if (!isRegression()) {
      int right = 0;
      for (int i = from; i < to; i++) {
        right += predictions.get(i).getField(0).equals(target(i)) ? 1 : 0;
      }
      compare(which + " accuracy", claimed, "accuracy", right / (double) (to - from), 1e-9);
      return;
    }
    double mae = 0;
    double mse = 0;
    for (int i = from; i < to; i++) {
      double d = predicted(i) - Double.parseDouble(target(i));
      mae += Math.abs(d) / (to - from);
      mse += d * d / (to - from);
    }
    double variance = variance(from, to);
    compare(which + " mae", claimed, "mae", mae, OF_SPREAD * Math.sqrt(variance));
    compare(which + " mse", claimed, "mse", mse, OF_SPREAD * variance);
  }

  /** The mean data loss of all rows on the scale that was trained on. */
  void loss(JsonObject chosen) {
    int n = table.rows().size();
    if (predictions.size() != n) {
      return;
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (isRegression()) {
        double d = predicted(i) - Double.parseDouble(target(i));
        sum += d * d;
        continue;
      }
      if (header.size() > 2 && !header.contains("probability_" + target(i))) {
        findings.add("no column of label '" + target(i) + "' among " + header);
        return;
      }
      double p = probability(i);
      if (p < 1e-30) {
        return; // its logarithm says nothing
      }
      sum -= Math.log(p);
    }
    boolean scaled = isRegression() && !table.style().libsvm(); // sparse rows stay as they are
    double loss = sum / n / (scaled ? variance(0, n) : 1);
    compare("training loss", chosen, "train_loss", loss, 1e-5);
  }

  private double probability(int i) {
    if (header.size() > 2) {
      return Double.parseDouble(
          predictions.get(i).getField(header.indexOf("probability_" + target(i))));
    }
    double p = Double.parseDouble(predictions.get(i).getField(1));
    boolean positive = predictions.get(i).getField(0).equals(target(i)) == p > 0.5;
    return positive ? p : 1 - p;
  }

  private String target(int i) {
    return table.targets().get(i).strip();
  }

  private double predicted(int i) {
    return Double.parseDouble(predictions.get(i).getField(0));
  }

  private double variance(int from, int to) {
    double mean = 0;
    for (int i = from; i < to; i++) {
      mean += Double.parseDouble(target(i)) / (to - from);
    }
    double square = 0;
    for (int i = from; i < to; i++) {
      double d = Double.parseDouble(target(i)) - mean;
      square += d * d / (to - from);
    }
    return square;
  }

  private void compare(
      String what, JsonObject claimed, String name, double found, double absolute) {
    JsonElement value = claimed.get(name);
    if (value == null || value.isJsonNull()) {
      return;
    }
    double expected = value.getAsDouble();
    if (!(Math.abs(found - expected) <= RELATIVE * Math.abs(expected) + absolute)) {
      findings.add(
          String.format(
              Locale.ROOT,
              "%s is claimed to be %.6g, the predictions have %.6g",
              what,
              expected,
              found));
    }
  }

  /** Adds the first number of {@code json} that is none to {@code findings}. */
  static void finite(String file, JsonElement json, List<String> findings) {
    switch (json) {
      case JsonObject object ->
          object.entrySet().forEach(e -> finite(file, e.getValue(), findings));
      case JsonArray array -> array.forEach(e -> finite(file, e, findings));
      case JsonPrimitive p when p.isNumber() && !Double.isFinite(p.getAsDouble()) ->
          findings.add(file + " has " + p);
      default -> {}
    }
  }
}
