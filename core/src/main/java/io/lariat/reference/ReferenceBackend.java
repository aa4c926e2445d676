package io.lariat.reference;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.Checks;
import io.lariat.backend.Dropout;
import io.lariat.backend.Indices;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;
import io.lariat.backend.Occupancy;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Product;
import io.lariat.backend.RowGroups;
import io.lariat.backend.SparseMatrix;
import io.lariat.backend.Storage;
import io.lariat.backend.UpdateRule;
import java.util.List;

/**
 * Every operation as scalar code over {@code float[]}: accumulated in double, rounded once. Written
 * to be read; it overrides no fusion and uses the caller's thread alone.
 */
public final class ReferenceBackend implements Backend {
  static final String NAME = "reference";
  static final String DETAILS = "scalar code, double accumulation, 1 thread";

  private final Occupancy occupancy = new Occupancy();
  private final HeapMemory memory = new HeapMemory(NAME);

  /** Opens one. */
  public ReferenceBackend() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return NAME + " (" + DETAILS + ")";
  }

  @Override
  public Occupancy occupancy() {
    return occupancy;
  }

  // ---- memory ----------------------------------------------------------------------------------

  @Override
  public Storage allocate(long floats) {
    return memory.allocate(floats);
  }

  @Override
  public Indices allocateIndices(int length) {
    return memory.allocateIndices(length);
  }

  @Override
  public void write(float[] source, int from, Matrix target) {
    Checks.write(source, from, target);
    HeapStorage storage = memory.own(target);
    System.arraycopy(source, from, storage.floats(), (int) target.offset(), (int) target.size());
  }

  @Override
  public void read(Matrix source, float[] target, int to) {
    Checks.read(source, target, to);
    HeapStorage storage = memory.own(source);
    System.arraycopy(storage.floats(), (int) source.offset(), target, to, (int) source.size());
  }

  @Override
  public void write(int[] source, int from, Indices target) {
    Checks.write(source, from, target);
    memory.own(target).write(source, from);
  }

  @Override
  public void copy(Matrix from, Matrix to) {
    Checks.copy(from, to);
    View source = memory.view(from);
    View target = memory.view(to);
    for (int i = 0; i < from.rows(); i++) {
      target.setRow(i, source, i);
    }
  }

  // ---- rows ------------------------------------------------------------------------------------

  @Override
  public void gatherRows(Matrix source, Indices rows, Matrix out) {
    Checks.gatherRows(source, rows, out);
    View from = memory.view(source);
    View to = memory.view(out);
    HeapIndices numbers = memory.own(rows);
    checkRows("gatherRows", numbers, source);
    for (int i = 0; i < out.rows(); i++) {
      to.setRow(i, from, numbers.at(i));
    }
  }

  @Override
  public void scatterRows(Matrix source, Indices rows, Matrix out) {
    Checks.scatterRows(source, rows, out);
    View from = memory.view(source);
    View to = memory.view(out);
    HeapIndices numbers = memory.own(rows);
    checkRows("scatterRows", numbers, out);
    for (int i = 0; i < source.rows(); i++) {
      to.setRow(numbers.at(i), from, i);
    }
  }

  private static void checkRows(String operation, HeapIndices numbers, Matrix matrix) {
    for (int i = 0; i < numbers.length(); i++) {
      Checks.row(operation, numbers.at(i), matrix);
    }
  }

  // ---- a dense layer ---------------------------------------------------------------------------

  @Override
  public void matmul(Product product, Matrix a, Matrix b, Matrix out) {
    Checks.matmul(product, a, b, out);
    ScalarProducts.matmul(product, memory.view(a), memory.view(b), memory.view(out));
  }

  @Override
  public void matmul(SparseMatrix a, Matrix b, Matrix out) {
    Checks.matmul(a, b, out);
    new ScalarSparse(a, memory.own(a.starts()), memory.own(a.columns()), memory.view(a.values()))
        .multiply(memory.view(b), memory.view(out));
  }

  @Override
  public void addBias(Matrix x, Matrix bias, Matrix out) {
    Checks.addBias(x, bias, out);
    View from = memory.view(x);
    View added = memory.view(bias);
    View to = memory.view(out);
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.cols(); j++) {
        to.set(i, j, from.at(i, j) + added.at(j));
      }
    }
  }

  @Override
  public void activate(Activation f, Matrix x, Matrix out) {
    Checks.activate(f, x, out);
    ScalarActivations.activate(f, memory.view(x), memory.view(out));
  }

  @Override
  public void activateGrad(Activation f, Matrix v, Matrix grad) {
    Checks.activateGrad(f, v, grad);
    ScalarActivations.activateGrad(f, memory.view(v), memory.view(grad));
  }

  @Override
  public void sumRows(Matrix x, Matrix out) {
    Checks.sumRows(x, out);
    View from = memory.view(x);
    View to = memory.view(out);
    for (int j = 0; j < x.cols(); j++) {
      double sum = 0;
      for (int i = 0; i < x.rows(); i++) {
        sum += from.at(i, j);
      }
      to.set(j, sum);
    }
  }

  @Override
  public void dropout(double rate, Indices key, Matrix x, Matrix out) {
    Checks.dropout(rate, key, x, out);
    View from = memory.view(x);
    View to = memory.view(out);
    int k = memory.own(key).at(0);
    int threshold = Dropout.threshold(rate);
    float scale = Dropout.scale(rate);
    for (int e = 0; e < from.size(); e++) {
      to.set(e, Dropout.keeps(k, e, threshold) ? from.at(e) * scale : 0);
    }
  }

  // ---- losses ----------------------------------------------------------------------------------

  @Override
  public void rowLosses(Loss loss, Matrix logits, Matrix targets, Matrix out) {
    Checks.rowLosses(loss, logits, targets, out);
    ScalarLosses.rowLosses(loss, memory.view(logits), memory.view(targets), memory.view(out));
  }

  @Override
  public void lossGrad(Loss loss, Matrix logits, Matrix targets, Matrix grad) {
    Checks.lossGrad(loss, logits, targets, grad);
    ScalarLosses.lossGrad(loss, memory.view(logits), memory.view(targets), memory.view(grad));
  }

  // ---- weights ---------------------------------------------------------------------------------

  @Override
  public void penalty(Penalty penalty, Matrix rates, Matrix w, Matrix out) {
    Checks.penalty(penalty, rates, w, out);
    View weights = memory.view(w);
    memory.view(out).set(0, ScalarGroup.whole(weights, inForce(penalty, rates)).penaltyOn(weights));
  }

  @Override
  public void penalty(Penalty penalty, RowGroups groups, Matrix rates, Matrix w, Matrix out) {
    Checks.penalty(groups, rates, w, out);
    View weights = memory.view(w);
    View to = memory.view(out);
    double sum = 0;
    for (ScalarGroup group : scalarGroups(groups, penalty, rates, w.cols())) {
      sum += group.penaltyOn(weights);
    }
    to.set(0, sum);
  }

  /** The penalty at the strengths of a step. */
  private Penalty inForce(Penalty penalty, Matrix rates) {
    View numbers = memory.view(rates);
    return penalty.times(numbers.at(2) + numbers.at(4), numbers.at(3) + numbers.at(5));
  }

  private List<ScalarGroup> scalarGroups(
      RowGroups groups, Penalty penalty, Matrix rates, int units) {
    HeapIndices starts = memory.own(groups.starts());
    return ScalarGroup.all(
        groups, starts, memory.view(groups.factors()), inForce(penalty, rates), units);
  }

  @Override
  public void update(
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      Matrix w,
      Matrix grad,
      Matrix state,
      Matrix rates) {
    Checks.update(rule, penalty, w, grad, state, rates);
    View weights = memory.view(w);
    // a rule without state is given any matrix, which need not even be alive
    View used = rule.stateRows() > 0 ? memory.view(state) : weights;
    new ScalarUpdate(rule, method, weights, memory.view(grad), used, memory.view(rates))
        .run(ScalarGroup.whole(weights, inForce(penalty, rates)));
  }

  @Override
  public void update(
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      RowGroups groups,
      Matrix w,
      Matrix grad,
      Matrix state,
      Matrix rates) {
    Checks.update(rule, groups, w, grad, state, rates);
    View weights = memory.view(w);
    View used = rule.stateRows() > 0 ? memory.view(state) : weights;
    ScalarUpdate update =
        new ScalarUpdate(rule, method, weights, memory.view(grad), used, memory.view(rates));
    scalarGroups(groups, penalty, rates, w.cols()).forEach(update::runTogether);
  }

  @Override
  public void shrinkRows(UpdateRule rule, Penalty penalty, Matrix w, Matrix state, Matrix amounts) {
    Checks.shrinkRows(rule, penalty, w, state, amounts);
    View weights = memory.view(w);
    View used = rule.stateRows() > 0 ? memory.view(state) : weights;
    new ScalarShrinkage(rule, penalty, used).apply(weights, memory.view(amounts));
  }

  @Override
  public void countZeros(Matrix x, Matrix out) {
    Checks.countZeros(x, out);
    View from = memory.view(x);
    View to = memory.view(out);
    for (int i = 0; i < x.rows(); i++) {
      int zeros = 0;
      for (int j = 0; j < x.cols(); j++) {
        zeros += from.at(i, j) == 0 ? 1 : 0;
      }
      to.set(i, zeros);
    }
  }

  @Override
  public void close() {
    occupancy.close(memory::close);
  }
}
