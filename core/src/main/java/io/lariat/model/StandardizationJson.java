package io.lariat.model;

import io.lariat.data.Standardization;
import java.util.Locale;

/** A {@link Standardization} as JSON: {@code {"mean":[...],"deviation":[...]}}, exact doubles. */
final class StandardizationJson {
  private StandardizationJson() {}

  static String write(Standardization standardization) {
    return JsonText.of(
        json -> {
          json.beginObject();
          json.name("mean").beginArray();
          for (double mean : standardization.mean()) {
            json.value(mean);
          }
          json.endArray();
          json.name("deviation").beginArray();
          for (double deviation : standardization.deviation()) {
            json.value(deviation);
          }
          json.endArray();
          json.endObject();
        });
  }

  /** Reads one of {@code features} features. */
  static Standardization read(StrictJson json, int features) {
    double[][] numbers = new double[2][0];
    json.object(
        "standardization",
        field -> {
          switch (field) {
            case "mean" -> numbers[0] = json.finites("mean", features);
            case "deviation" -> numbers[1] = json.finites("deviation", features);
            default -> throw json.unknownField("standardization", field);
          }
        });
    json.end();
    if (numbers[0].length != features || numbers[1].length != features) {
      throw json.failure(
          String.format(
              Locale.ROOT,
              "expected %d means and deviations, found %d and %d",
              features,
              numbers[0].length,
              numbers[1].length));
    }
    try {
      return new Standardization(numbers[0], numbers[1]);
    } catch (IllegalArgumentException e) {
      throw json.failure(String.valueOf(e.getMessage()));
    }
  }
}
