package io.lariat.train;

import io.lariat.backend.Activation;
import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Storage;
import org.jspecify.annotations.Nullable;

/**
 * Dense rows, resident on the backend: a batch is gathered and multiplied. Where they lie in memory
 * that the backend reaches slowly, {@link Storage#isFar}, a batch is gathered while the one before
 * it is computed with.
 */
final class DenseInput implements InputLayer {
  private final Backend backend;
  private final Arena memory;
  private final ParameterBlock parameters;
  private final Matrix data;
  private final Matrix batch;
  private final @Nullable Ahead ahead;

  /** For batches of up to {@code batchSize} rows of {@code data}. */
  DenseInput(Backend backend, Arena memory, ParameterBlock parameters, Matrix data, int batchSize) {
    this.backend = backend;
    this.memory = memory;
    this.parameters = parameters;
    this.data = data;
    batch = matrix("batch x", batchSize);
    ahead = data.storage().isFar() ? new Ahead() : null;
  }

  private Matrix matrix(String name, int rows) {
    return memory.matrix(name, rows, data.cols());
  }

  /** What is needed to gather the next batch. */
  private final class Ahead {
    final Matrix next = matrix("next x", batch.rows());
    final Indices rows = memory.indices(batch.rows());
    final int[] hostRows = new int[batch.rows()];

    /** Neighbouring rows for validation. */
    @Nullable Matrix block;

    void write(int[] order, int from) {
      for (int i = 0; i < hostRows.length; i++) {
        hostRows[i] = order[(int) ((from + (long) i) % order.length)];
      }
      backend.write(hostRows, 0, rows);
    }

    Matrix fetch(int from, int count) {
      if (block == null || block.rows() < count) {
        if (block != null) {
          memory.free(block.storage());
        }
        block = matrix("rows x", count);
      }
      Matrix fetched = block.rowRange(0, count);
      backend.copy(data.rowRange(from, count), fetched);
      return fetched;
    }
  }

  @Override
  public boolean isRecordable() {
    return true;
  }

  @Override
  public boolean fetchesAhead() {
    return ahead != null;
  }

  @Override
  public void prepare(int[] order, int from, int count, StepRates rates) {
    if (ahead == null) {
      return;
    }
    if (from == 0) { // what was fetched during an epoch's last step is of no epoch
      ahead.write(order, 0);
      backend.gatherRows(data, ahead.rows, batch);
    }
    ahead.write(order, from + count);
  }

  @Override
  public void fetchNext() {
    if (ahead != null) {
      backend.gatherRows(data, ahead.rows, ahead.next);
    }
  }

  @Override
  public void advance() {
    if (ahead != null) {
      backend.copy(ahead.next, batch);
    }
  }

  @Override
  public void forward(Indices rows, Activation f, Matrix out) {
    Matrix x = batch.rowRange(0, rows.length());
    if (ahead == null) {
      backend.gatherRows(data, rows, x);
    }
    backend.dense(x, parameters.kernel(0), parameters.bias(0), f, out);
  }

  @Override
  public void gradient(Matrix grad) {
    Matrix x = batch.rowRange(0, grad.rows());
    backend.parameterGrad(x, grad, parameters.kernelGradient(0), parameters.biasGradient(0));
  }

  @Override
  public void update(Matrix rates) {}

  @Override
  public void settle() {}

  @Override
  public double paid() {
    return 0;
  }

  @Override
  public void resume(double paid) {}

  @Override
  public void forwardRange(int from, Activation f, Matrix out) {
    Matrix x = ahead == null ? data.rowRange(from, out.rows()) : ahead.fetch(from, out.rows());
    backend.dense(x, parameters.kernel(0), parameters.bias(0), f, out);
  }
}
