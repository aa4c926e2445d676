package io.lariat.train;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;
import io.lariat.backend.Storage;
import io.lariat.model.Network;
import java.util.ArrayList;
import java.util.List;

/** Data loss and metric of a range of resident rows at the weights as they are; no dropout. */
final class Validator implements AutoCloseable {
  private static final int BLOCK = 1024;

  private final Backend backend;
  private final Network network;
  private final ParameterBlock parameters;
  private final Matrix x;
  private final Matrix y;
  private final Loss loss;
  private final List<Matrix> outputs = new ArrayList<>();
  private final Matrix scores;
  private final float[] hostScores;

  Validator(
      Backend backend,
      Network network,
      ResidentData data,
      ParameterBlock parameters,
      int from,
      int rows) {
    this.backend = backend;
    this.network = network;
    this.parameters = parameters;
    this.x = data.x.rowRange(from, rows);
    this.y = data.y.rowRange(from, rows);
    this.loss = network.loss();
    int block = Math.min(BLOCK, rows);
    network
        .layers()
        .forEach(
            layer ->
                outputs.add(
                    Matrix.of(
                        "output",
                        backend.allocate((long) block * layer.units()),
                        block,
                        layer.units())));
    scores = Matrix.of("scores", backend.allocate(2L * rows), rows, 2);
    hostScores = new float[2 * rows];
  }

  /** The mean data loss and the mean metric. */
  double[] dataLossAndMetric() {
    for (int from = 0; from < x.rows(); from += BLOCK) {
      int rows = Math.min(BLOCK, x.rows() - from);
      Matrix logits = forward(x.rowRange(from, rows));
      backend.scores(loss, logits, y.rowRange(from, rows), scores.rowRange(from, rows));
    }
    backend.read(scores, hostScores, 0);
    double[] sums = new double[2];
    for (int i = 0; i < hostScores.length; i += 2) {
      sums[0] += hostScores[i];
      sums[1] += hostScores[i + 1];
    }
    sums[0] /= x.rows();
    sums[1] /= x.rows();
    return sums;
  }

  private Matrix forward(Matrix rows) {
    Matrix in = rows;
    int head = outputs.size() - 1;
    for (int i = 0; i <= head; i++) {
      Activation f = i == head ? Activation.IDENTITY : network.layers().get(i).activation();
      Matrix out = outputs.get(i).rowRange(0, rows.rows());
      backend.dense(in, parameters.kernel(i), parameters.bias(i), f, out);
      in = out;
    }
    return in;
  }

  @Override
  public void close() {
    outputs.stream().map(Matrix::storage).forEach(Storage::close);
    scores.storage().close();
  }
}
