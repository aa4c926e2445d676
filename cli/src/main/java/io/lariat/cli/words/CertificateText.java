package io.lariat.cli.words;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.lariat.backend.Activation;
import io.lariat.data.Rounding;
import io.lariat.model.Certificate;
import io.lariat.model.Layer;
import io.lariat.model.Model;
import io.lariat.model.Network;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A certificate in words, and as JSON. */
public final class CertificateText {
  private CertificateText() {}

  /** A line and what stands before it. */
  public record Line(String label, String text) {}

  /** What {@code model} claims; no lines if it claims nothing. */
  public static List<Line> lines(Model model) {
    List<Line> lines = new ArrayList<>();
    @Nullable Certificate certificate = model.certificate();
    if (certificate != null) {
      lines.add(
          new Line(
              "certificate", "KKT residual " + residual(certificate) + "; " + polish(certificate)));
      lines.add(new Line("", "objective " + objective(certificate)));
      lines.add(new Line("", rows(certificate.data())));
      kinks(model.network(), certificate).forEach(text -> lines.add(new Line("", text)));
    }
    return lines;
  }

  /** The residual of the optimality conditions, by itself and in units of lambda. */
  public static String residual(Certificate certificate) {
    return Text.of(
        "%.3g%s",
        certificate.residual(),
        certificate.lambda() > 0
            ? Text.of(", %.3g of lambda %s", certificate.lambdas(), certificate.lambda())
            : "");
  }

  private static String polish(Certificate certificate) {
    String asked = Text.of("%.3g", certificate.tolerance());
    return switch (certificate.polish()) {
      case NONE -> "not polished";
      case REACHED -> "polished to " + asked;
      case STALLED -> "a polish to " + asked + " went no further";
      case ITERATIONS -> "a polish to " + asked + " used up its iterations";
      case CANCELLED -> "a polish to " + asked + " was stopped";
    };
  }

  /** The objective and its parts. */
  public static String objective(Certificate certificate) {
    return Text.of(
        "%.12g: data loss %.12g, penalty %.12g",
        certificate.objective(), certificate.dataLoss(), certificate.penalty());
  }

  /** Which rows. */
  public static String rows(Certificate.Rows rows) {
    return Text.of(
        "%s of %s, as %s; data SHA-256 %s",
        rows.used() == rows.all() ? "all" : "the first " + Figures.count(rows.used()),
        Figures.count(rows.all(), "row"),
        numbers(rows.rounding()),
        rows.sha256());
  }

  private static String numbers(Rounding rounding) {
    return switch (rounding) {
      case NONE -> "doubles";
      case FLOAT -> "floats";
      case TWO_FLOATS -> "pairs of floats";
    };
  }

  /** What kinks of activations leave open; nothing for smooth networks. */
  public static List<String> kinks(Network network, Certificate certificate) {
    List<String> kinked =
        network.layers().stream()
            .map(Layer::activation)
            .filter(Activation::hasKink)
            .distinct()
            .map(Text::word)
            .toList();
    return kinked.isEmpty()
        ? List.of()
        : List.of(
            Text.of(
                "%s: %s at a kink (a pre-activation within %.0e of 0); nothing more is claimed",
                String.join(", ", kinked),
                Figures.count(certificate.rowsAtKinks(), "row"),
                certificate.kinkTolerance()));
  }

  /** How a polish ended, in a sentence. */
  public static String ending(Certificate certificate) {
    String residual =
        certificate.lambda() > 0
            ? Text.of("%.2g lambda", certificate.lambdas())
            : Text.of("%.2g", certificate.residual());
    if (certificate.polish() == Certificate.PolishEnd.REACHED) {
      return Text.of(
          "polished on all training rows to a KKT residual of %s (%.2g was asked for)",
          residual, certificate.tolerance());
    }
    String why =
        switch (certificate.polish()) {
          case CANCELLED -> "it was stopped";
          case ITERATIONS -> "its iterations were used up";
          case NONE, REACHED, STALLED -> "neither residual nor objective fell any more";
        };
    String kinks =
        certificate.rowsAtKinks() == 0
            ? ""
            : ", with "
                + Figures.count(certificate.rowsAtKinks(), "row")
                + " at a kink, where the gradient jumps";
    return Text.of(
        "the polish did not reach %.2g lambda: the KKT residual is %s, as %s%s",
        certificate.tolerance(), residual, why, kinks);
  }

  /** The certificate's fields; JSON's null without one. */
  public static JsonElement json(@Nullable Certificate certificate) {
    if (certificate == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject json = new JsonObject();
    json.addProperty("residual", certificate.residual());
    json.addProperty("residual_in_lambdas", certificate.lambdas());
    json.addProperty("lambda", certificate.lambda());
    json.addProperty("polish", Text.word(certificate.polish()));
    json.addProperty("tolerance", certificate.tolerance());
    json.addProperty("objective", certificate.objective());
    json.addProperty("data_loss", certificate.dataLoss());
    json.addProperty("penalty", certificate.penalty());
    json.addProperty("rows", certificate.data().used());
    json.addProperty("data_rows", certificate.data().all());
    json.addProperty("data_sha256", certificate.data().sha256());
    json.addProperty("precision", certificate.data().rounding().word());
    json.addProperty("rows_at_kinks", certificate.rowsAtKinks());
    json.addProperty("kink_tolerance", certificate.kinkTolerance());
    return json;
  }
}
