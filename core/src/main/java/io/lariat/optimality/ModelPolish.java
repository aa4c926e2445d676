package io.lariat.optimality;

import io.lariat.data.ConstantFeatures;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.internal.text.NumberText;
import io.lariat.model.Certificate;
import io.lariat.model.Model;
import io.lariat.model.Weights;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Polishes a trained model: {@link ObjectivePolish} from its weights on all its training rows, with
 * dropout off. The result keeps its weights as doubles and has a {@link Certificate}.
 *
 * <pre>{@code
 * Model polished = ModelPolish.of(run.model(), data, run.trainingRows()).run();
 * polished.save(path);
 * }</pre>
 *
 * <p>Without a hidden layer, where the solution is unique but for collinear features, the residual
 * is taken a thousand times lower than asked for, as far as it goes, so that coefficients are those
 * of a Lasso solver.
 *
 * <p>Where a layer's kernel has no penalty, scale can escape to it: the others shrink while it
 * grows, and the objective falls without end. Such a polish has fewer iterations, and says that it
 * did not get there.
 */
public final class ModelPolish {
  private static final double CONVEX = 1e-3;

  /** The most iterations where a kernel has no penalty, so that scale can escape to it. */
  private static final int ITERATIONS_OF_ESCAPE = 60;

  private final Model model;
  private final Dataset data;
  private final Objective objective;
  private final ObjectivePolish polish;
  private double tolerance = ObjectivePolish.DEFAULT_TOLERANCE;

  private ModelPolish(Model model, Dataset data, Objective objective) {
    this.model = model;
    this.data = data;
    this.objective = objective;
    this.polish = ObjectivePolish.of(shown(model, data, objective));
    if (model.network().layers().stream().anyMatch(layer -> layer.penalty().isNone())) {
      polish.maxIterations(ITERATIONS_OF_ESCAPE);
    }
  }

  /**
   * A polish of {@code model} on the first {@code rows} rows of {@code data}.
   *
   * @throws IllegalArgumentException if the data has other columns than the model, or the rows are
   *     too many to be held in double
   */
  public static ModelPolish of(Model model, Dataset data, int rows) {
    return new ModelPolish(model, data, Certification.objective(model, data, rows));
  }

  /**
   * What is polished: without what nothing can be learnt of, which is constant in all rows and has
   * no weight. Standardised, it is 0 anyway.
   */
  private static Objective shown(Model model, Dataset data, Objective objective) {
    @Nullable Standardization hiding =
        model.standardization() == null
            ? ConstantFeatures.hiding(data, objective.rows(), j -> !model.weights().usesInput(j))
            : null;
    return hiding == null
        ? objective
        : Objective.of(
            model.network(), data, objective.rows(), hiding, model.targetStandardization());
  }

  /** As {@link ObjectivePolish#tolerance}. */
  public ModelPolish tolerance(double lambdas) {
    boolean isConvex = model.network().layers().size() == 1;
    polish.tolerance(isConvex ? CONVEX * lambdas : lambdas);
    tolerance = lambdas;
    return this;
  }

  /** As {@link ObjectivePolish#cancelled}. */
  public ModelPolish cancelled(BooleanSupplier token) {
    polish.cancelled(token);
    return this;
  }

  /** As {@link ObjectivePolish#progress}. */
  public ModelPolish progress(ObjectivePolish.Progress listener) {
    polish.progress(listener);
    return this;
  }

  /**
   * The polished model, as far as it went: its certificate says how the polish ended.
   *
   * @throws DataException if a weight has left the range of floats, which the data must be unscaled
   *     for
   */
  public Model run() {
    tolerance(tolerance);
    ObjectivePolish.Result result = polish.run(model.weights().doubles());
    requireFloats(result.parameters());
    Weights weights = Weights.exact(objective.layout(), result.parameters());
    Model polished =
        new Model(
            model.network(),
            weights,
            model.schema(),
            model.standardization(),
            model.targetStandardization(),
            model.notes());
    Certificate found = Certification.of(polished, objective, data).certificate();
    return polished.withCertificate(
        new Certificate(
            found.residual(),
            found.lambda(),
            ending(result.reason(), found),
            tolerance,
            found.objective(),
            found.dataLoss(),
            found.penalty(),
            found.data(),
            found.rowsAtKinks(),
            found.kinkTolerance()));
  }

  private void requireFloats(double[] parameters) {
    for (double parameter : parameters) {
      if (Float.isInfinite((float) parameter)) {
        throw new DataException(
            data.source()
                + ": the polish has come to a weight of "
                + NumberText.of(parameter)
                + ", beyond the range of floats; standardise, or rescale the columns");
      }
    }
  }

  private Certificate.PolishEnd ending(ObjectivePolish.Reason reason, Certificate found) {
    if (found.lambdas() <= tolerance) {
      return Certificate.PolishEnd.REACHED;
    }
    return switch (reason) {
      case STALLED, REACHED -> Certificate.PolishEnd.STALLED;
      case ITERATIONS -> Certificate.PolishEnd.ITERATIONS;
      case CANCELLED -> Certificate.PolishEnd.CANCELLED;
    };
  }
}
