package io.lariat.benchmarks.peers;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** TensorFlow Java in graph mode: the weights are constants, the rows are fed as a tensor. */
final class TensorFlowPrediction implements PredictionPeer {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final TFloat32 rows;
  private final Session session;
  private final Session.Runner runner;
  private final float[] probabilities;

  /** Builds the graph. */
  TensorFlowPrediction(PredictionCase c) {
    TrainingCase like = c.likeTraining();
    InitialWeights weights = InitialWeights.of(like);
    Shape shape = Shape.of(c.batch(), c.features());
    Operand<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    Operand<TFloat32> h1 = tf.nn.relu(dense(x, weights, 0));
    Operand<TFloat32> h2 = tf.nn.relu(dense(h1, weights, 1));
    Operand<TFloat32> p = tf.math.sigmoid(dense(h2, weights, 2));
    rows = TFloat32.tensorOf(shape, DataBuffers.of(TrainingData.of(like).x()));
    session = new Session(graph, TensorFlowGraph.config(1));
    runner = session.runner().feed(x, rows).fetch(p);
    probabilities = new float[c.batch()];
  }

  private Operand<TFloat32> dense(Operand<TFloat32> in, InitialWeights weights, int layer) {
    Operand<TFloat32> kernel =
        tf.constant(
            Shape.of(weights.in(layer), weights.out(layer)),
            DataBuffers.of(weights.kernels()[layer]));
    return tf.nn.biasAdd(tf.linalg.matMul(in, kernel), tf.constant(weights.biases()[layer]));
  }

  @Override
  public String description() {
    return "TensorFlow " + TensorFlow.version();
  }

  @Override
  public void predict() {
    try (Result result = runner.run()) {
      result.get(0).asRawTensor().data().asFloats().read(probabilities);
    }
  }

  @Override
  public float[] probabilities() {
    return probabilities;
  }

  @Override
  public void close() {
    session.close();
    rows.close();
    graph.close();
  }
}
