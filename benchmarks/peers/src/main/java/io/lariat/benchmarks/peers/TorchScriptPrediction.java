package io.lariat.benchmarks.peers;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.nio.file.Path;

/** PyTorch through DJL: one call of a TorchScript module, the rows already in a tensor. */
final class TorchScriptPrediction implements PredictionPeer {
  private final TorchScriptModule module;
  private final PtNDArray rows;
  private final IValue argument;
  private float[] probabilities;

  /** Loads the module with the initial weights. */
  TorchScriptPrediction(PredictionCase c, Path file) {
    module = new TorchScriptModule(file);
    TrainingCase like = c.likeTraining();
    InitialWeights start = InitialWeights.of(like);
    PtNDArray[] weights = new PtNDArray[6];
    for (int i = 0; i < 3; i++) {
      weights[i] = module.tensor(start.kernels()[i], start.in(i), start.out(i));
      weights[3 + i] = module.tensor(start.biases()[i], start.out(i));
    }
    module.call("restart", weights);
    rows = module.tensor(TrainingData.of(like).x(), c.batch(), c.features());
    argument = IValue.from(rows);
    probabilities = new float[c.batch()];
  }

  @Override
  public String description() {
    return TorchScriptModule.description();
  }

  @Override
  public void predict() {
    probabilities = module.floats("forward", argument);
  }

  @Override
  public float[] probabilities() {
    return probabilities;
  }

  @Override
  public void close() {
    argument.close();
    rows.close();
    module.close();
  }
}
