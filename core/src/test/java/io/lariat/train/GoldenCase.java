package io.lariat.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.UpdateRule;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.ModelFile;
import io.lariat.model.Network;
import io.lariat.model.Safetensors;
import io.lariat.model.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One training whose every number was computed independently of Lariat, in float64 with Keras 3's
 * rules; see src-test-data/README.md. A folder put beside the others becomes a case.
 */
final class GoldenCase {
  final Path folder;
  final JsonObject config;
  final JsonObject history;

  private GoldenCase(Path folder) {
    this.folder = folder;
    this.config = json(folder.resolve("case.json"));
    this.history = json(folder.resolve("history.json"));
  }

  static List<GoldenCase> all() {
    try (Stream<Path> folders = Files.list(GoldenFolder.find().resolve("cases"))) {
      return folders.sorted().map(GoldenCase::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject json(Path path) {
    try {
      return JsonParser.parseString(Files.readString(path)).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Network network() {
    JsonArray dims = config.getAsJsonArray("dims");
    Network network = Network.of(dims.get(0).getAsInt());
    for (int i = 1; i < dims.size(); i++) {
      if (!config.getAsJsonArray("bias_regularizer").get(i - 1).isJsonNull()) {
        throw new IllegalStateException(this + ": Lariat has no penalty on biases");
      }
      String name = config.getAsJsonArray("activations").get(i - 1).getAsString();
      Activation f =
          name.equals("linear")
              ? Activation.IDENTITY
              : Activation.valueOf(name.toUpperCase(Locale.ROOT));
      network = network.dense(dims.get(i).getAsInt(), f, penalty(i - 1));
    }
    return network;
  }

  private Penalty penalty(int layer) {
    JsonElement regularizer = config.getAsJsonArray("kernel_regularizer").get(layer);
    if (regularizer.isJsonNull()) {
      return Penalty.NONE;
    }
    JsonObject numbers = regularizer.getAsJsonObject();
    return Penalty.elasticNet(numbers.get("l1").getAsDouble(), numbers.get("l2").getAsDouble());
  }

  boolean isPenalizedByL1() {
    return network().layers().stream().anyMatch(layer -> layer.penalty().l1() > 0);
  }

  UpdateRule rule() {
    JsonObject o = config.getAsJsonObject("optimizer");
    return switch (o.get("name").getAsString()) {
      case "adam" ->
          new UpdateRule.Adam(
              o.get("beta_1").getAsDouble(),
              o.get("beta_2").getAsDouble(),
              o.get("epsilon").getAsDouble());
      case "rmsprop" ->
          new UpdateRule.RmsProp(o.get("rho").getAsDouble(), o.get("epsilon").getAsDouble());
      case "sgd" ->
          new UpdateRule.Sgd(o.get("momentum").getAsDouble(), o.get("nesterov").getAsBoolean());
      default -> throw new IllegalStateException(this + ": optimizer " + o);
    };
  }

  Trainer trainer(Backend backend) {
    double rate = config.getAsJsonObject("optimizer").get("learning_rate").getAsDouble();
    Trainer trainer =
        Trainer.on(backend)
            .epochs(config.get("epochs").getAsInt())
            .batchSize(config.get("batch_size").getAsInt())
            .validationSplit(config.get("validation_split").getAsDouble())
            .shuffle(config.get("shuffle").getAsBoolean())
            .optimizer(new Optimizer(rule(), rate))
            .penaltyMethod(PenaltyMethod.SUBGRADIENT)
            .initialWeights(initialWeights());
    JsonElement stopping = config.get("early_stopping");
    if (!stopping.isJsonNull()) {
      JsonObject s = stopping.getAsJsonObject();
      trainer.earlyStopping(
          new EarlyStopping(
              s.get("patience").getAsInt(),
              s.get("min_delta").getAsDouble(),
              s.get("restore_best_weights").getAsBoolean()));
    }
    return trainer;
  }

  Weights initialWeights() {
    String name = config.get("init").getAsString();
    return ModelFile.readWeights(
        GoldenFolder.find().resolve("init").resolve(name + ".safetensors"), network());
  }

  Dataset data() {
    String name = config.get("input").getAsString();
    Safetensors input =
        Safetensors.read(GoldenFolder.find().resolve("inputs").resolve(name + ".safetensors"));
    Task task =
        switch (config.get("loss").getAsString()) {
          case "binary_crossentropy" -> Task.BINARY;
          case "sparse_categorical_crossentropy" -> Task.MULTICLASS;
          case "mean_squared_error" -> Task.REGRESSION;
          default -> throw new IllegalStateException(this + ": loss " + config.get("loss"));
        };
    return Dataset.of(
        input.tensor("x").floats(),
        config.getAsJsonArray("dims").get(0).getAsInt(),
        input.tensor("y").floats(),
        task);
  }

  /** Over all epochs, absolute, for float32 training: src-test-data/README.md. */
  double lossTolerance() {
    if (data().task() == Task.REGRESSION) {
      return 5e-3;
    }
    return switch (rule()) {
      case UpdateRule.Sgd sgd -> 1e-6;
      case UpdateRule.RmsProp rmsProp -> 2e-5;
      case UpdateRule.Adam adam -> isPenalizedByL1() ? 1.3e-5 : 4e-6;
    };
  }

  double[] expected(String series) {
    return history.getAsJsonArray(series).asList().stream()
        .mapToDouble(JsonElement::getAsDouble)
        .toArray();
  }

  Safetensors finalWeights() {
    return Safetensors.read(folder.resolve("final.safetensors"));
  }

  Safetensors firstGradient() {
    return Safetensors.read(folder.resolve("grad_step1.safetensors"));
  }

  @Override
  public String toString() {
    return config.get("name").getAsString();
  }
}
