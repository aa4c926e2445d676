package io.lariat.benchmarks.peers;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.L1WeightDecay;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SigmoidBinaryCrossEntropyLoss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DJL on PyTorch the way its guides train: blocks, a gradient collector, DJL's losses and its Adam,
 * whose epsilon is Keras's.
 */
final class DjlTraining implements SteppingPeer {
  private final TrainingCase trainingCase;
  private final InitialWeights weights;
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final ArrayDataset dataset;
  private final Loss crossEntropy = new SigmoidBinaryCrossEntropyLoss("loss", 1, false);
  private final long[] indices;
  private @Nullable Run run;
  private float loss;

  /** Loads the training set. */
  DjlTraining(TrainingCase c) {
    trainingCase = c;
    weights = InitialWeights.of(c);
    TrainingData data = TrainingData.of(c);
    dataset =
        new ArrayDataset.Builder()
            .setData(manager.create(data.x(), new Shape(data.rows(), c.features())))
            .optLabels(manager.create(data.y(), new Shape(data.rows(), 1)))
            .setSampling(c.batch(), false)
            .build();
    indices = new long[c.batch()];
  }

  /** A model in training. */
  private record Run(Model model, Trainer trainer, List<NDArray> kernels) implements AutoCloseable {
    @Override
    public void close() {
      trainer.close();
      model.close();
    }
  }

  private Run newRun() {
    List<Linear> layers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      layers.add(linear(i));
    }
    SequentialBlock block =
        new SequentialBlock()
            .add(layers.get(0))
            .add(Activation::relu)
            .add(layers.get(1))
            .add(Activation::relu)
            .add(layers.get(2));
    Model model = Model.newInstance("peer", "PyTorch");
    model.setBlock(block);
    Adam adam =
        Adam.builder()
            .optLearningRateTracker(Tracker.fixed((float) TrainingCase.LEARNING_RATE))
            .optBeta1((float) TrainingCase.BETA1)
            .optBeta2((float) TrainingCase.BETA2)
            .optEpsilon((float) TrainingCase.EPSILON)
            .build();
    Trainer trainer = model.newTrainer(new DefaultTrainingConfig(crossEntropy).optOptimizer(adam));
    trainer.initialize(new Shape(trainingCase.batch(), trainingCase.features()));
    return new Run(model, trainer, List.of(kernel(layers.get(0)), kernel(layers.get(1))));
  }

  private Linear linear(int layer) {
    Linear linear = Linear.builder().setUnits(weights.out(layer)).build();
    float[] kernel = transposed(layer);
    linear.setInitializer((m, shape, type) -> m.create(kernel, shape), Parameter.Type.WEIGHT);
    linear.setInitializer(
        (m, shape, type) -> m.create(weights.biases()[layer], shape), Parameter.Type.BIAS);
    return linear;
  }

  private static NDArray kernel(Linear layer) {
    return layer.getDirectParameters().get("weight").getArray();
  }

  /** A kernel as {@code [out x in]}, which is PyTorch's way. */
  private float[] transposed(int layer) {
    int in = weights.in(layer);
    int out = weights.out(layer);
    float[] kernel = weights.kernels()[layer];
    float[] result = new float[kernel.length];
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < out; j++) {
        result[j * in + i] = kernel[i * out + j];
      }
    }
    return result;
  }

  @Override
  public TrainingCase trainingCase() {
    return trainingCase;
  }

  @Override
  public String description() {
    return "PyTorch " + Engine.getEngine("PyTorch").getVersion();
  }

  @Override
  public void restart() {
    Run old = run;
    if (old != null) {
      old.close();
    }
    run = newRun();
  }

  @Override
  public void step(int[] rows) {
    Run current = run;
    if (current == null) {
      throw new IllegalStateException("restart comes before the first step");
    }
    for (int i = 0; i < rows.length; i++) {
      indices[i] = rows[i];
    }
    Trainer trainer = current.trainer;
    try (NDManager scope = trainer.getManager().newSubManager()) {
      // What the penalty leaves behind goes with the step; the kernels themselves go back.
      NDList kernels = new NDList(current.kernels);
      scope.tempAttachAll(kernels);
      Batch batch = dataset.getByIndices(scope, indices);
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList logits = trainer.forward(batch.getData());
        NDArray penalty =
            new L1WeightDecay("penalty", kernels, (float) TrainingCase.L1)
                .evaluate(batch.getLabels(), logits);
        NDArray total = crossEntropy.evaluate(batch.getLabels(), logits).add(penalty);
        collector.backward(total);
        loss = total.getFloat();
      }
      trainer.step();
    }
  }

  @Override
  public double loss() {
    return loss;
  }

  @Override
  public void close() {
    Run last = run;
    if (last != null) {
      last.close();
    }
    manager.close();
  }
}
