package io.lariat.benchmarks.peers;

import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.IntDataBuffer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * TensorFlow Java in graph mode: one session run a step. The gradients are written by hand, with
 * fewer nodes than automatic ones; the optimizer is TensorFlow's fused Adam operation. Fed are the
 * batch's row numbers and the powers of both betas; fetched is the loss.
 */
final class TensorFlowTraining implements SteppingPeer {
  private final TrainingCase trainingCase;
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final TensorFlowGraph variables = new TensorFlowGraph(tf);
  private final int dataVariables;
  private final TInt32 rows;
  private final IntDataBuffer rowsBuffer;
  private final TFloat32 beta1Power = TFloat32.scalarOf(1f);
  private final TFloat32 beta2Power = TFloat32.scalarOf(1f);
  private final Operand<TFloat32> fedBeta1Power = scalarPlaceholder();
  private final Operand<TFloat32> fedBeta2Power = scalarPlaceholder();
  private final Session session;
  private final Session.Runner step;
  private int steps;
  private float loss;

  /** Builds the graph and loads the training set. */
  TensorFlowTraining(TrainingCase c, int threads) {
    trainingCase = c;
    TrainingData data = TrainingData.of(c);
    Operand<? extends TType> allX = variables.variable(data.x(), data.rows(), c.features());
    Operand<? extends TType> allY = variables.variable(data.y(), data.rows(), 1);
    dataVariables = variables.variables();
    Operand<TInt32> fedRows = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(c.batch())));
    Operand<TFloat32> x = tf.resourceGather(allX, fedRows, TFloat32.class);
    Operand<TFloat32> y = tf.resourceGather(allY, fedRows, TFloat32.class);
    Built built = build(x, y, InitialWeights.of(c));

    rows = TInt32.tensorOf(Shape.of(c.batch()));
    rowsBuffer = rows.asRawTensor().data().asInts();
    session = new Session(graph, TensorFlowGraph.config(threads));
    variables.assign(session, 0);
    step =
        session
            .runner()
            .feed(fedRows, rows)
            .feed(fedBeta1Power, beta1Power)
            .feed(fedBeta2Power, beta2Power)
            .fetch(built.loss);
    built.updates.forEach(step::addTarget);
  }

  private record Built(Operand<TFloat32> loss, List<Op> updates) {}

  private Built build(Operand<TFloat32> x, Operand<TFloat32> y, InitialWeights weights) {
    Parameter w1 = kernel(weights, 0);
    Parameter b1 = bias(weights, 0);
    Parameter w2 = kernel(weights, 1);
    Parameter b2 = bias(weights, 1);
    Parameter w3 = kernel(weights, 2);
    Parameter b3 = bias(weights, 2);

    Operand<TFloat32> h1 = tf.nn.relu(tf.nn.biasAdd(tf.linalg.matMul(x, w1.value), b1.value));
    Operand<TFloat32> h2 = tf.nn.relu(tf.nn.biasAdd(tf.linalg.matMul(h1, w2.value), b2.value));
    Operand<TFloat32> logits = tf.nn.biasAdd(tf.linalg.matMul(h2, w3.value), b3.value);
    Operand<TFloat32> dataLoss =
        tf.math.mean(tf.math.sub(tf.math.softplus(logits), tf.math.mul(logits, y)), tf.array(0, 1));

    Operand<TFloat32> d3 =
        tf.math.mul(
            tf.math.sub(tf.math.sigmoid(logits), y), tf.constant(1f / trainingCase.batch()));
    Operand<TFloat32> d2 =
        tf.nn.reluGrad(tf.linalg.matMul(d3, w3.value, MatMul.transposeB(true)), h2);
    Operand<TFloat32> d1 =
        tf.nn.reluGrad(tf.linalg.matMul(d2, w2.value, MatMul.transposeB(true)), h1);

    Operand<TFloat32> penalty = tf.math.add(sumOfMagnitudes(w1), sumOfMagnitudes(w2));
    Operand<TFloat32> loss =
        tf.math.add(dataLoss, tf.math.mul(penalty, tf.constant((float) TrainingCase.L1)));

    // A variable whose value is still in use would be copied by its update, so all reads come
    // first.
    Ops after = tf.withControlDependencies(List.of(d1, penalty));
    return new Built(
        loss,
        List.of(
            adam(after, w1, penalized(w1, kernelGradient(x, d1))),
            adam(after, b1, tf.nn.biasAddGrad(d1)),
            adam(after, w2, penalized(w2, kernelGradient(h1, d2))),
            adam(after, b2, tf.nn.biasAddGrad(d2)),
            adam(after, w3, kernelGradient(h2, d3)),
            adam(after, b3, tf.nn.biasAddGrad(d3))));
  }

  /** A variable, its value before the update, and Adam's state. */
  private record Parameter(
      Operand<? extends TType> variable,
      Operand<TFloat32> value,
      Operand<? extends TType> mean,
      Operand<? extends TType> variance) {}

  private Parameter kernel(InitialWeights weights, int layer) {
    return parameter(weights.kernels()[layer], weights.in(layer), weights.out(layer));
  }

  private Parameter bias(InitialWeights weights, int layer) {
    return parameter(weights.biases()[layer], weights.out(layer));
  }

  private Parameter parameter(float[] start, long... dimensions) {
    Operand<? extends TType> variable = variables.variable(start, dimensions);
    return new Parameter(
        variable,
        tf.readVariableOp(variable, TFloat32.class),
        variables.zeros(dimensions),
        variables.zeros(dimensions));
  }

  private Operand<TFloat32> kernelGradient(Operand<TFloat32> in, Operand<TFloat32> grad) {
    return tf.linalg.matMul(in, grad, MatMul.transposeA(true));
  }

  private Operand<TFloat32> penalized(Parameter kernel, Operand<TFloat32> gradient) {
    return tf.math.add(
        gradient, tf.math.mul(tf.math.sign(kernel.value), tf.constant((float) TrainingCase.L1)));
  }

  private Operand<TFloat32> sumOfMagnitudes(Parameter kernel) {
    return tf.sum(tf.math.abs(kernel.value), tf.array(0, 1));
  }

  private Op adam(Ops after, Parameter p, Operand<TFloat32> gradient) {
    return after.train.resourceApplyAdam(
        p.variable,
        p.mean,
        p.variance,
        fedBeta1Power,
        fedBeta2Power,
        tf.constant((float) TrainingCase.LEARNING_RATE),
        tf.constant((float) TrainingCase.BETA1),
        tf.constant((float) TrainingCase.BETA2),
        tf.constant((float) TrainingCase.EPSILON),
        gradient);
  }

  private Operand<TFloat32> scalarPlaceholder() {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  @Override
  public TrainingCase trainingCase() {
    return trainingCase;
  }

  @Override
  public String description() {
    return "TensorFlow " + TensorFlow.version();
  }

  @Override
  public void restart() {
    variables.assign(session, dataVariables);
    steps = 0;
  }

  @Override
  public void step(int[] rowNumbers) {
    steps++;
    rowsBuffer.write(rowNumbers);
    beta1Power.setFloat((float) Math.pow(TrainingCase.BETA1, steps));
    beta2Power.setFloat((float) Math.pow(TrainingCase.BETA2, steps));
    try (Result result = step.run()) {
      loss = ((TFloat32) result.get(0)).getFloat();
    }
  }

  @Override
  public double loss() {
    return loss;
  }

  @Override
  public void close() {
    session.close();
    rows.close();
    beta1Power.close();
    beta2Power.close();
    variables.close();
    graph.close();
  }
}
