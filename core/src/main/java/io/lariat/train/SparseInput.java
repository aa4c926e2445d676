package io.lariat.train;

import io.lariat.backend.Activation;
import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.SparseMatrix;
import io.lariat.backend.UpdateRule;
import io.lariat.data.SparseRows;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sparse rows: a step reads and updates only the kernel's rows of features that its batch has.
 *
 * <p>These rows of weights and of optimizer state are gathered into one block, which then is
 * updated like any other, and scattered back. A row that steps have left out first pays the
 * thresholds that it owes: {@link Backend#shrinkRows} with the sum of those steps' rates. For plain
 * gradient descent under l1 that is the very step that dense rows would take. A rule with state
 * keeps a row's state as it is while the row is left out, as TensorFlow Addons' LazyAdam and
 * PyTorch's SparseAdam do: momentum does not go on moving weights whose feature is not there, and
 * second moments are those of the steps that had it.
 */
final class SparseInput implements InputLayer {
  private final Backend backend;
  private final ParameterBlock parameters;
  private final ParameterBlock.Group group;
  private final UpdateRule rule;
  private final SparseRows data;
  private final Split split;
  private final SparseRows validation;

  /** The sum of all steps' rates, and what it was when each feature's weights were last settled. */
  private double paid;

  private final double[] paidBy;

  /** Where a feature is among those of the batch, plus one; 0 if it is not. */
  private final int[] slots;

  private final SparseBuffer rows;
  private final SparseBuffer columns;
  private final FeatureBlock block;

  private int[] touched = new int[1];
  private float[] amounts = new float[1];
  private int count;
  private double rate;
  private Penalty penalty;
  private @Nullable SparseMatrix x;
  private @Nullable SparseMatrix transposed;

  SparseInput(
      Backend backend,
      Arena memory,
      ParameterBlock parameters,
      UpdateRule rule,
      Split split,
      ConstantInputs constant) {
    this.backend = backend;
    this.parameters = parameters;
    this.group = parameters.byRow.getFirst();
    this.rule = rule;
    penalty = group.penalty();
    this.split = split;
    data = constant.hide(Objects.requireNonNull(split.data().sparseRows()));
    validation =
        split.isShare()
            ? data
            : constant.hide(Objects.requireNonNull(split.validation().sparseRows()));
    paidBy = new double[data.features()];
    slots = new int[data.features()];
    rows = new SparseBuffer(backend, memory, "x");
    columns = new SparseBuffer(backend, memory, "x'");
    block = new FeatureBlock(backend, memory, parameters.kernel(0), group, rule);
  }

  @Override
  public boolean isRecordable() {
    return false;
  }

  @Override
  public boolean fetchesAhead() {
    return false;
  }

  @Override
  public void fetchNext() {}

  @Override
  public void advance() {}

  @Override
  public void prepare(int[] order, int from, int batch, StepRates rates) {
    findFeatures(order, from, batch);
    rate = rates.b();
    penalty = rates.inForce(group.penalty());
    for (int r = 0; r < count; r++) {
      amounts[r] = (float) (paid - paidBy[touched[r]]);
    }
    rows.transposeTo(columns, batch, count);
    x = rows.write(batch, count);
    transposed = columns.write(count, batch);
    block.write(touched, amounts, count);
  }

  /** Numbers the batch's features from 0 and fills {@link #rows} with these numbers. */
  private void findFeatures(int[] order, int from, int batch) {
    int elements = 0;
    for (int i = from; i < from + batch; i++) {
      elements += data.start(order[i] + 1) - data.start(order[i]);
    }
    rows.reserve(batch, elements);
    if (touched.length <= elements) {
      touched = new int[elements + elements / 2 + 1];
      amounts = new float[touched.length];
    }
    count = 0;
    int at = 0;
    for (int i = 0; i < batch; i++) {
      int row = order[from + i];
      for (int k = data.start(row); k < data.start(row + 1); k++) {
        int feature = data.column(k);
        if (slots[feature] == 0) {
          touched[count++] = feature;
          slots[feature] = count;
        }
        rows.columns[at] = slots[feature] - 1;
        rows.values[at++] = data.nearestFloat(k);
      }
      rows.starts[i + 1] = at;
    }
    if (count == 0) { // matrices are never empty: a feature that no row has will do
      touched[count++] = 0;
    }
    for (int r = 0; r < count; r++) {
      slots[touched[r]] = 0;
    }
  }

  @Override
  public void forward(Indices numbers, Activation f, Matrix out) {
    block.gather(penalty);
    multiply(Objects.requireNonNull(x), block.weights(), f, out);
  }

  private void multiply(SparseMatrix of, Matrix kernel, Activation f, Matrix out) {
    backend.matmul(of, kernel, out);
    backend.addBias(out, parameters.bias(0), out);
    backend.activate(f, out, out);
  }

  @Override
  public void gradient(Matrix grad) {
    backend.matmul(Objects.requireNonNull(transposed), grad, block.gradient());
    backend.sumRows(grad, parameters.biasGradient(0));
  }

  @Override
  public void update(Matrix rates) {
    block.update(rates);
    paid += rate;
    for (int r = 0; r < count; r++) {
      paidBy[touched[r]] = paid;
    }
  }

  @Override
  public void settle() {
    if (penalty.isNone()) {
      return;
    }
    int features = data.features();
    float[] owed = new float[features];
    for (int j = 0; j < features; j++) {
      owed[j] = (float) (paid - paidBy[j]);
    }
    Arrays.fill(paidBy, paid);
    try (Arena own = backend.arena()) {
      Matrix all = own.matrix("amounts", owed, features, 1);
      backend.shrinkRows(rule, penalty, parameters.kernel(0), group.state(), all);
    }
  }

  @Override
  public double paid() {
    return paid;
  }

  @Override
  public void resume(double sum) {
    paid = sum;
    Arrays.fill(paidBy, sum);
  }

  @Override
  public void forwardRange(int from, Activation f, Matrix out) {
    int row = split.from() + from - split.trainingRows();
    int first = validation.start(row);
    int elements = validation.start(row + out.rows()) - first;
    rows.reserve(out.rows(), elements);
    for (int i = 0; i <= out.rows(); i++) {
      rows.starts[i] = validation.start(row + i) - first;
    }
    for (int k = 0; k < elements; k++) {
      rows.columns[k] = validation.column(first + k);
      rows.values[k] = validation.nearestFloat(first + k);
    }
    multiply(rows.write(out.rows(), data.features()), parameters.kernel(0), f, out);
  }
}
