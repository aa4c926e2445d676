package io.lariat.optimality;

import io.lariat.data.Dataset;
import io.lariat.data.Rounding;
import io.lariat.model.Certificate;
import io.lariat.model.Model;
import io.lariat.model.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model's {@link Certificate} computed from nothing but the model and its data, in double, and
 * held against the one that the model has.
 *
 * <pre>{@code
 * Model model = Model.load(path);
 * Dataset data = Csv.read(csv, model.schema(), ReadProgress.NONE);
 * Certification.of(model, data).differences();     // empty: what the model claims is true
 * }</pre>
 */
public final class Certification {
  /** The distance from 0 within which a pre-activation is said to be at an activation's kink. */
  public static final double KINK_TOLERANCE = 1e-8;

  /** Residuals may differ by this share of the claim, and of lambda: by rounding, elsewhere. */
  private static final double RESIDUAL_SHARE = 1e-2;

  private static final double LAMBDA_SHARE = 1e-8;

  /** Losses and penalties may differ by this share. */
  private static final double LOSS_SHARE = 1e-10;

  private final @Nullable Certificate claim;
  private final Certificate certificate;
  private final KktResidual residual;

  private Certification(
      @Nullable Certificate claim, Certificate certificate, KktResidual residual) {
    this.claim = claim;
    this.certificate = certificate;
    this.residual = residual;
  }

  /**
   * Over the rows that the model's certificate names, as far as there are any; over all rows if it
   * has none.
   *
   * @param data of the model's columns, target and classes
   */
  public static Certification of(Model model, Dataset data) {
    @Nullable Certificate claim = model.certificate();
    return of(
        model, data, claim == null ? data.rows() : Math.min(claim.data().used(), data.rows()));
  }

  /**
   * Over the first {@code rows} rows.
   *
   * @throws IllegalArgumentException if the data has other columns
   * @throws io.lariat.data.DataException if the rows are too many to be held in double
   * @throws ModelException if the model's loss or residual is beyond the numbers there are
   */
  public static Certification of(Model model, Dataset data, int rows) {
    Dataset rounded = data.rounded(rounding(model));
    return of(model, objective(model, rounded, rows), rounded);
  }

  /** How the numbers were rounded that the model's claim is about. */
  private static Rounding rounding(Model model) {
    @Nullable Certificate claim = model.certificate();
    return claim == null ? Rounding.NONE : claim.data().rounding();
  }

  /** The objective of {@code model} on the first {@code rows} rows. */
  static Objective objective(Model model, Dataset data, int rows) {
    if (!data.schema().equals(model.schema())) {
      throw new IllegalArgumentException(
          data.source()
              + ": its columns, target or classes are not the model's; read it by the model's"
              + " schema");
    }
    return Objective.of(
        model.network(), data, rows, model.standardization(), model.targetStandardization());
  }

  static Certification of(Model model, Objective objective, Dataset data) {
    @Nullable Certificate claim = model.certificate();
    NetworkPenalty penalty = NetworkPenalty.of(model.network());
    double[] w = model.weights().doubles();
    double[] g = new double[w.length];
    double dataLoss = objective.dataLossAndGradient(w, g);
    double penalties = penalty.value(w);
    KktResidual residual = penalty.residual(w, g);
    if (!Double.isFinite(dataLoss + penalties) || !Double.isFinite(residual.value())) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "on %s the model's objective is %s and its residual %s, so it cannot be certified;"
                  + " use the data and the model file as they were, or train again",
              data.source(),
              dataLoss + penalties,
              residual.value()));
    }
    double near = claim == null ? KINK_TOLERANCE : claim.kinkTolerance();
    Certificate computed =
        new Certificate(
            residual.value(),
            penalty.blocks().stream().anyMatch(PenaltyBlock::isSparse) ? penalty.scale() : 0,
            claim == null ? Certificate.PolishEnd.NONE : claim.polish(),
            claim == null ? 0 : claim.tolerance(),
            dataLoss + penalties,
            dataLoss,
            penalties,
            new Certificate.Rows(
                objective.rows(), data.rows(), data.sha256(data.rows()), rounding(model)),
            objective.rowsAtKinks(w, near),
            near);
    return new Certification(claim, computed, residual);
  }

  /** What was computed. How the polish ended and its tolerance are the model's word. */
  public Certificate certificate() {
    return certificate;
  }

  /** The residual, and where it is. */
  public KktResidual residual() {
    return residual;
  }

  /** Whether the data is, number by number, what the model's certificate names. */
  public boolean isSameData() {
    return claim != null && claim.data().equals(certificate.data());
  }

  /**
   * What of the model's certificate is not so, each in a few words; empty if all is true, or there
   * is no certificate.
   */
  public List<String> differences() {
    List<String> found = new ArrayList<>();
    if (claim == null) {
      return found;
    }
    if (!isSameData()) {
      found.add(
          String.format(
              Locale.ROOT,
              "the data is not that of the certificate, which names %d rows of %d, hash %s...",
              claim.data().used(),
              claim.data().all(),
              claim.data().sha256().substring(0, 12)));
    }
    if (claim.lambda() != certificate.lambda()) {
      found.add(differs("lambda", certificate.lambda(), claim.lambda()));
    }
    double slack = RESIDUAL_SHARE * claim.residual() + LAMBDA_SHARE * certificate.unit();
    if (!(Math.abs(certificate.residual() - claim.residual()) <= slack)) {
      found.add(differs("residual", certificate.residual(), claim.residual()));
    }
    if (claim.polish() == Certificate.PolishEnd.REACHED && claim.lambdas() > claim.tolerance()) {
      found.add(
          String.format(
              Locale.ROOT,
              "the residual that was reached, %.3g lambda, is above the tolerance %.3g",
              claim.lambdas(),
              claim.tolerance()));
    }
    addLoss(found, "objective", certificate.objective(), claim.objective());
    addLoss(found, "data loss", certificate.dataLoss(), claim.dataLoss());
    addLoss(found, "penalty", certificate.penalty(), claim.penalty());
    if (certificate.rowsAtKinks() != claim.rowsAtKinks()) {
      found.add(
          String.format(
              Locale.ROOT,
              "rows at a kink are %d, the certificate says %d",
              certificate.rowsAtKinks(),
              claim.rowsAtKinks()));
    }
    return found;
  }

  private static void addLoss(List<String> found, String what, double is, double claimed) {
    if (!(Math.abs(is - claimed) <= LOSS_SHARE * Math.max(1e-300, Math.abs(is)))) {
      found.add(differs(what, is, claimed));
    }
  }

  private static String differs(String what, double is, double claimed) {
    return String.format(Locale.ROOT, "the %s is %s, the certificate says %s", what, is, claimed);
  }
}
