package io.lariat.train;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Storage;

/** Dense rows, resident on the backend: a batch is gathered and multiplied. */
final class DenseInput implements InputLayer {
  private final Backend backend;
  private final ParameterBlock parameters;
  private final Matrix data;
  private final Storage storage;
  private final Matrix batch;

  /** For batches of up to {@code batchSize} rows of {@code data}. */
  DenseInput(Backend backend, ParameterBlock parameters, Matrix data, int batchSize) {
    this.backend = backend;
    this.parameters = parameters;
    this.data = data;
    storage = backend.allocate((long) batchSize * data.cols());
    batch = Matrix.of("batch x", storage, batchSize, data.cols());
  }

  @Override
  public boolean isRecordable() {
    return true;
  }

  @Override
  public void prepare(int[] order, int from, int count, double[] rates) {}

  @Override
  public void forward(Indices rows, Activation f, Matrix out) {
    Matrix x = batch.rowRange(0, rows.length());
    backend.gatherRows(data, rows, x);
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
  public void forwardRange(int from, Activation f, Matrix out) {
    Matrix x = data.rowRange(from, out.rows());
    backend.dense(x, parameters.kernel(0), parameters.bias(0), f, out);
  }

  @Override
  public void close() {
    storage.close();
  }
}
