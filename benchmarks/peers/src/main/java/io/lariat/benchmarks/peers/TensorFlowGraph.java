package io.lariat.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Variables of a TensorFlow graph, and what they start from. */
final class TensorFlowGraph implements AutoCloseable {
  private final Ops tf;
  private final List<Op> assignments = new ArrayList<>();
  private final List<Operand<TFloat32>> fed = new ArrayList<>();
  private final List<TFloat32> values = new ArrayList<>();

  TensorFlowGraph(Ops tf) {
    this.tf = tf;
  }

  /**
   * As many threads within and between operations as asked for. One thread is the caller's own,
   * which spares 50 us a run of waking a thread of a pool, with the executor that is made for it.
   */
  static ConfigProto config(int threads) {
    ConfigProto.Builder config = ConfigProto.newBuilder().setIntraOpParallelismThreads(threads);
    if (threads > 1) {
      return config.setInterOpParallelismThreads(threads).build();
    }
    return config
        .setInterOpParallelismThreads(-1)
        .setExperimental(
            ConfigProto.Experimental.newBuilder().setExecutorType("SINGLE_THREADED_EXECUTOR"))
        .build();
  }

  /** A variable that {@link #assign} sets to {@code start}. */
  Operand<? extends TType> variable(float[] start, long... dimensions) {
    Shape shape = Shape.of(dimensions);
    Operand<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    Operand<? extends TType> handle = handle(shape);
    assignments.add(tf.assignVariableOp(handle, value));
    fed.add(value);
    values.add(TFloat32.tensorOf(shape, DataBuffers.of(start)));
    return handle;
  }

  /** A variable that {@link #assign} sets to zeros. */
  Operand<? extends TType> zeros(long... dimensions) {
    Operand<? extends TType> handle = handle(Shape.of(dimensions));
    assignments.add(tf.assignVariableOp(handle, tf.fill(tf.constant(dimensions), tf.constant(0f))));
    return handle;
  }

  private Operand<? extends TType> handle(Shape shape) {
    return tf.varHandleOp(
        TFloat32.class,
        shape,
        org.tensorflow.op.core.VarHandleOp.sharedName("variable " + assignments.size()));
  }

  /** Sets the variables from position {@code from} on to what they start from. */
  void assign(Session session, int from) {
    Session.Runner runner = session.runner();
    for (int i = 0; i < fed.size(); i++) {
      runner.feed(fed.get(i), values.get(i));
    }
    for (Op assignment : assignments.subList(from, assignments.size())) {
      runner.addTarget(assignment);
    }
    runner.run().close();
  }

  /** How many variables there are. */
  int variables() {
    return assignments.size();
  }

  @Override
  public void close() {
    values.forEach(TFloat32::close);
  }
}
