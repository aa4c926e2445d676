package io.lariat.benchmarks.peers;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.nio.file.Path;

/**
 * PyTorch through DJL with as little between Java and PyTorch as can be: a step is one call of a
 * TorchScript module with gradients by hand and PyTorch's fused Adam.
 */
final class TorchScriptTraining implements SteppingPeer {
  private final TrainingCase trainingCase;
  private final TorchScriptModule module;
  private final PtNDArray[] weights = new PtNDArray[6];
  private final long[] indices;
  private double loss;

  /** Loads the module and the training set. */
  TorchScriptTraining(TrainingCase c, Path file) {
    trainingCase = c;
    module = new TorchScriptModule(file);
    TrainingData data = TrainingData.of(c);
    module.call(
        "load",
        module.tensor(data.x(), data.rows(), c.features()),
        module.tensor(data.y(), data.rows(), 1));
    InitialWeights start = InitialWeights.of(c);
    for (int i = 0; i < 3; i++) {
      weights[i] = module.tensor(start.kernels()[i], start.in(i), start.out(i));
      weights[3 + i] = module.tensor(start.biases()[i], start.out(i));
    }
    indices = new long[c.batch()];
  }

  @Override
  public TrainingCase trainingCase() {
    return trainingCase;
  }

  @Override
  public String description() {
    return TorchScriptModule.description();
  }

  @Override
  public void restart() {
    module.call("restart", weights);
  }

  @Override
  public void step(int[] rows) {
    for (int i = 0; i < rows.length; i++) {
      indices[i] = rows[i];
    }
    try (PtNDArray tensor = module.tensor(indices);
        IValue argument = IValue.from(tensor)) {
      loss = module.number("step", argument);
    }
  }

  @Override
  public double loss() {
    return loss;
  }

  @Override
  public void close() {
    module.close();
  }
}
