package io.lariat.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** ONNX Runtime, one thread; input and output are direct buffers that are used again and again. */
final class OnnxPrediction implements PredictionPeer {
  private final OrtSession session;
  private final OnnxTensor rows;
  private final OnnxTensor result;
  private final FloatBuffer resultBuffer;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  /** Hands the model over as bytes. */
  OnnxPrediction(PredictionCase c) {
    TrainingCase like = c.likeTraining();
    FloatBuffer rowBuffer = direct(c.batch() * c.features());
    rowBuffer.put(TrainingData.of(like).x()).flip();
    resultBuffer = direct(c.batch());
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      session =
          environment.createSession(OnnxModel.of(InitialWeights.of(like), c.batch()), options);
      rows = OnnxTensor.createTensor(environment, rowBuffer, new long[] {c.batch(), c.features()});
      result = OnnxTensor.createTensor(environment, resultBuffer, new long[] {c.batch(), 1});
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses the model", e);
    }
    inputs = Map.of("x", rows);
    outputs = Map.of("p", result);
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public String description() {
    return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public void predict() {
    try (OrtSession.Result pinned = session.run(inputs, outputs)) {
      if (pinned.size() != 1) {
        throw new IllegalStateException("expected one output, found " + pinned.size());
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot run the model", e);
    }
  }

  @Override
  public float[] probabilities() {
    float[] values = new float[resultBuffer.capacity()];
    resultBuffer.get(0, values);
    return values;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close the session", e);
    }
    rows.close();
    result.close();
  }
}
