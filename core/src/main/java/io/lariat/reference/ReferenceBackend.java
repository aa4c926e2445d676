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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Every operation as scalar code over {@code float[]}: accumulated in double, rounded once. Written
 * to be read; it overrides no fusion and uses the caller's thread alone.
 */
public final class ReferenceBackend implements Backend {
  static final String NAME = "reference";
  static final String DETAILS = "scalar code, double accumulation, 1 thread";

  /** The longest array that every JVM can make. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private final Occupancy occupancy = new Occupancy();
  private final Set<HeapStorage> storages = new HashSet<>();
  private boolean closed;

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
    requireLength("allocate", floats, "floats");
    requireOpen();
    HeapStorage storage = new HeapStorage(this, (int) floats);
    storages.add(storage);
    return storage;
  }

  @Override
  public Indices allocateIndices(int length) {
    requireLength("allocateIndices", length, "ints");
    requireOpen();
    return new HeapIndices(this, length);
  }

  @Override
  public void write(float[] source, int from, Matrix target) {
    Checks.write(source, from, target);
    HeapStorage storage = owned(target);
    System.arraycopy(source, from, storage.floats(), (int) target.offset(), (int) target.size());
  }

  @Override
  public void read(Matrix source, float[] target, int to) {
    Checks.read(source, target, to);
    HeapStorage storage = owned(source);
    System.arraycopy(storage.floats(), (int) source.offset(), target, to, (int) source.size());
  }

  @Override
  public void write(int[] source, int from, Indices target) {
    Checks.write(source, from, target);
    owned(target).write(source, from);
  }

  @Override
  public void copy(Matrix from, Matrix to) {
    Checks.copy(from, to);
    View source = view(from);
    View target = view(to);
    for (int i = 0; i < from.rows(); i++) {
      target.setRow(i, source, i);
    }
  }

  // ---- rows ------------------------------------------------------------------------------------

  @Override
  public void gatherRows(Matrix source, Indices rows, Matrix out) {
    Checks.gatherRows(source, rows, out);
    View from = view(source);
    View to = view(out);
    HeapIndices numbers = owned(rows);
    checkRows("gatherRows", numbers, source);
    for (int i = 0; i < out.rows(); i++) {
      to.setRow(i, from, numbers.at(i));
    }
  }

  @Override
  public void scatterRows(Matrix source, Indices rows, Matrix out) {
    Checks.scatterRows(source, rows, out);
    View from = view(source);
    View to = view(out);
    HeapIndices numbers = owned(rows);
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
    ScalarProducts.matmul(product, view(a), view(b), view(out));
  }

  @Override
  public void matmul(SparseMatrix a, Matrix b, Matrix out) {
    Checks.matmul(a, b, out);
    new ScalarSparse(a, owned(a.starts()), owned(a.columns()), view(a.values()))
        .multiply(view(b), view(out));
  }

  @Override
  public void addBias(Matrix x, Matrix bias, Matrix out) {
    Checks.addBias(x, bias, out);
    View from = view(x);
    View added = view(bias);
    View to = view(out);
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.cols(); j++) {
        to.set(i, j, from.at(i, j) + added.at(j));
      }
    }
  }

  @Override
  public void activate(Activation f, Matrix x, Matrix out) {
    Checks.activate(f, x, out);
    ScalarActivations.activate(f, view(x), view(out));
  }

  @Override
  public void activateGrad(Activation f, Matrix v, Matrix grad) {
    Checks.activateGrad(f, v, grad);
    ScalarActivations.activateGrad(f, view(v), view(grad));
  }

  @Override
  public void sumRows(Matrix x, Matrix out) {
    Checks.sumRows(x, out);
    View from = view(x);
    View to = view(out);
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
    View from = view(x);
    View to = view(out);
    int k = owned(key).at(0);
    int threshold = Dropout.threshold(rate);
    float scale = Dropout.scale(rate);
    for (int e = 0; e < from.size(); e++) {
      to.set(e, Dropout.keeps(k, e, threshold) ? from.at(e) * scale : 0);
    }
  }

  // ---- losses ----------------------------------------------------------------------------------

  @Override
  public void scores(Loss loss, Matrix logits, Matrix targets, Matrix out) {
    Checks.scores(loss, logits, targets, out);
    ScalarLosses.scores(loss, view(logits), view(targets), view(out));
  }

  @Override
  public void lossGrad(Loss loss, Matrix logits, Matrix targets, Matrix grad) {
    Checks.lossGrad(loss, logits, targets, grad);
    ScalarLosses.lossGrad(loss, view(logits), view(targets), view(grad));
  }

  // ---- weights ---------------------------------------------------------------------------------

  @Override
  public void penalty(Penalty penalty, Matrix rates, Matrix w, Matrix out) {
    Checks.penalty(penalty, rates, w, out);
    View weights = view(w);
    view(out).set(0, ScalarGroup.whole(weights, inForce(penalty, rates)).penaltyOn(weights));
  }

  @Override
  public void penalty(Penalty penalty, RowGroups groups, Matrix rates, Matrix w, Matrix out) {
    Checks.penalty(groups, rates, w, out);
    View weights = view(w);
    View to = view(out);
    double sum = 0;
    for (ScalarGroup group : scalarGroups(groups, penalty, rates, w.cols())) {
      sum += group.penaltyOn(weights);
    }
    to.set(0, sum);
  }

  /** The penalty at the strengths of a step. */
  private Penalty inForce(Penalty penalty, Matrix rates) {
    View numbers = view(rates);
    return penalty.times(numbers.at(2) + numbers.at(4), numbers.at(3) + numbers.at(5));
  }

  private List<ScalarGroup> scalarGroups(
      RowGroups groups, Penalty penalty, Matrix rates, int units) {
    HeapIndices starts = owned(groups.starts());
    return ScalarGroup.all(groups, starts, view(groups.factors()), inForce(penalty, rates), units);
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
    View weights = view(w);
    // a rule without state is given any matrix, which need not even be alive
    View used = rule.stateRows() > 0 ? view(state) : weights;
    Penalty now = inForce(penalty, rates);
    new ScalarUpdate(now.l1(), now.l2(), method, weights, view(grad), used, view(rates))
        .run(rule, 0, w.cols());
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
    View weights = view(w);
    View used = rule.stateRows() > 0 ? view(state) : weights;
    ScalarGroupUpdate update =
        new ScalarGroupUpdate(rule, method, weights, view(grad), used, view(rates));
    scalarGroups(groups, penalty, rates, w.cols()).forEach(update::run);
  }

  @Override
  public void shrinkRows(UpdateRule rule, Penalty penalty, Matrix w, Matrix state, Matrix amounts) {
    Checks.shrinkRows(rule, penalty, w, state, amounts);
    View weights = view(w);
    View used = rule.stateRows() > 0 ? view(state) : weights;
    new ScalarShrinkage(rule, penalty, used).apply(weights, view(amounts));
  }

  @Override
  public void countZeros(Matrix x, Matrix out) {
    Checks.countZeros(x, out);
    View from = view(x);
    View to = view(out);
    for (int i = 0; i < x.rows(); i++) {
      int zeros = 0;
      for (int j = 0; j < x.cols(); j++) {
        zeros += from.at(i, j) == 0 ? 1 : 0;
      }
      to.set(i, zeros);
    }
  }

  // ---- ownership and liveness ------------------------------------------------------------------

  @Override
  public void close() {
    occupancy.close(this::free);
  }

  private void free() {
    closed = true;
    List.copyOf(storages).forEach(HeapStorage::close);
  }

  void forget(HeapStorage storage) {
    storages.remove(storage);
  }

  private View view(Matrix m) {
    return new View(owned(m).floats(), (int) m.offset(), m.rows(), m.cols());
  }

  private HeapStorage owned(Matrix m) {
    requireOpen();
    if (!(m.storage() instanceof HeapStorage storage) || storage.owner() != this) {
      throw foreign(m.describe());
    }
    if (storage.isClosed()) {
      throw new IllegalStateException(m.describe() + ": its storage is closed");
    }
    return storage;
  }

  private HeapIndices owned(Indices indices) {
    requireOpen();
    if (!(indices instanceof HeapIndices heap) || heap.owner() != this) {
      throw foreign("indices [" + indices.length() + "]");
    }
    if (heap.isClosed()) {
      throw new IllegalStateException("indices [" + heap.length() + "]: they are closed");
    }
    return heap;
  }

  private static IllegalArgumentException foreign(String what) {
    return new IllegalArgumentException(
        what + ": expected memory that this " + NAME + " backend allocated, found another's");
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the " + NAME + " backend is closed");
    }
  }

  private static void requireLength(String operation, long length, String unit) {
    if (length < 1 || length > LONGEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s: expected 1 to %d %s, found %d", operation, LONGEST, unit, length));
    }
  }
}
