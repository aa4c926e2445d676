package io.lariat.model;

import io.lariat.data.Rounding;
import io.lariat.internal.text.Excerpt;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Certificate} as JSON, every field once: {@code
 * {"residual":3.1e-10,"lambda":0.001,"polish":"reached","tolerance":1e-6,"objective":...,
 * "data_loss":...,"penalty":...,"rows":512,"data_rows":569,"data_sha256":"...",
 * "precision":"exact","rows_at_kinks":0,"kink_tolerance":1e-9}}.
 */
final class CertificateJson {
  private static final String WHAT = "certificate";
  private static final List<String> NUMBERS =
      List.of(
          "residual", "lambda", "tolerance", "objective", "data_loss", "penalty", "kink_tolerance");
  private static final List<String> COUNTS = List.of("rows", "data_rows", "rows_at_kinks");
  private static final List<String> WORDS = List.of("polish", "precision", "data_sha256");

  private CertificateJson() {}

  static String write(Certificate certificate) {
    return JsonText.of(
        json -> {
          json.beginObject();
          json.name("residual").value(certificate.residual());
          json.name("lambda").value(certificate.lambda());
          json.name("polish").value(NetworkJson.lower(certificate.polish()));
          json.name("tolerance").value(certificate.tolerance());
          json.name("objective").value(certificate.objective());
          json.name("data_loss").value(certificate.dataLoss());
          json.name("penalty").value(certificate.penalty());
          json.name("rows").value(certificate.data().used());
          json.name("data_rows").value(certificate.data().all());
          json.name("data_sha256").value(certificate.data().sha256());
          json.name("precision").value(certificate.data().rounding().word());
          json.name("rows_at_kinks").value(certificate.rowsAtKinks());
          json.name("kink_tolerance").value(certificate.kinkTolerance());
          json.endObject();
        });
  }

  private static Rounding rounding(StrictJson json, String field) {
    String word = json.string(field);
    @Nullable Rounding rounding = Rounding.of(word);
    if (rounding == null) {
      throw json.failure(field + ": " + Excerpt.of(word) + " is unknown to this Lariat");
    }
    return rounding;
  }

  static Certificate read(StrictJson json) {
    double[] numbers = new double[NUMBERS.size()];
    long[] counts = new long[COUNTS.size()];
    String[] hash = {""};
    Certificate.PolishEnd[] polish = {Certificate.PolishEnd.NONE};
    Rounding[] rounding = {Rounding.NONE};
    Set<String> missing = new LinkedHashSet<>(NUMBERS);
    missing.addAll(COUNTS);
    missing.addAll(WORDS);
    json.object(
        WHAT,
        field -> {
          missing.remove(field);
          if (NUMBERS.contains(field)) {
            numbers[NUMBERS.indexOf(field)] = json.finite(field);
          } else if (COUNTS.contains(field)) {
            counts[COUNTS.indexOf(field)] = json.whole(field);
          } else {
            switch (field) {
              case "polish" ->
                  polish[0] = NetworkJson.constant(json, Certificate.PolishEnd.values(), field);
              case "precision" -> rounding[0] = rounding(json, field);
              case "data_sha256" -> hash[0] = json.string(field);
              default -> throw json.unknownField(WHAT, field);
            }
          }
        });
    json.end();
    if (!missing.isEmpty()) {
      throw json.failure("lacks " + String.join(", ", missing));
    }
    for (long count : counts) {
      if (count > Integer.MAX_VALUE) {
        throw json.failure("expected fewer than 2^31 rows, found " + count);
      }
    }
    try {
      return new Certificate(
          numbers[0],
          numbers[1],
          polish[0],
          numbers[2],
          numbers[3],
          numbers[4],
          numbers[5],
          new Certificate.Rows((int) counts[0], (int) counts[1], hash[0], rounding[0]),
          (int) counts[2],
          numbers[6]);
    } catch (IllegalArgumentException e) {
      throw json.failure(String.valueOf(e.getMessage()));
    }
  }
}
