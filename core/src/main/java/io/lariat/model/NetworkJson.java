package io.lariat.model;

import com.google.gson.stream.JsonWriter;
import io.lariat.backend.Activation;
import io.lariat.backend.Loss;
import io.lariat.backend.Penalty;
import io.lariat.internal.text.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A {@link Network} as JSON: {@code {"inputs":30,"initializer":"glorot_uniform","layers":[{"units":
 * 128,"activation":"relu","l1":0.001,"l2":0,"dropout":0}]}}. A layer's {@code "group"} and the
 * network's {@code "input_groups":[{"rows":2,"factor":1}]} are there only if they say something,
 * {@code "loss":{"name":"huber","parameter":1}} only if it is not the usual one of the last layer.
 */
final class NetworkJson {
  private NetworkJson() {}

  static String write(Network network) {
    return JsonText.of(
        json -> {
          json.beginObject();
          json.name("inputs").value(network.inputs());
          json.name("initializer").value(lower(network.initializer()));
          json.name("layers").beginArray();
          for (Layer layer : network.layers()) {
            json.beginObject();
            json.name("units").value(layer.units());
            json.name("activation").value(lower(layer.activation()));
            json.name("l1").value(layer.penalty().l1());
            json.name("l2").value(layer.penalty().l2());
            if (layer.penalty().group() != 0) {
              json.name("group").value(layer.penalty().group());
            }
            json.name("dropout").value(layer.dropout());
            json.endObject();
          }
          json.endArray();
          if (!network.inputGroups().isEmpty()) {
            writeInputGroups(json, network.inputGroups());
          }
          if (network.chosenLoss() != null) {
            writeLoss(json, network.chosenLoss());
          }
          json.endObject();
        });
  }

  private static void writeInputGroups(JsonWriter json, List<InputGroup> groups)
      throws IOException {
    json.name("input_groups").beginArray();
    for (InputGroup group : groups) {
      json.beginObject();
      json.name("rows").value(group.rows());
      json.name("factor").value(group.factor());
      json.endObject();
    }
    json.endArray();
  }

  private static void writeLoss(JsonWriter json, Loss loss) throws IOException {
    json.name("loss").beginObject();
    json.name("name").value(loss.name());
    if (!Double.isNaN(loss.parameter())) {
      json.name("parameter").value(loss.parameter());
    }
    json.endObject();
  }

  static Network read(StrictJson json) {
    int[] inputs = {0};
    Initializer[] initializer = {Initializer.GLOROT_UNIFORM};
    List<Layer> layers = new ArrayList<>();
    List<InputGroup> inputGroups = new ArrayList<>();
    List<Loss> loss = new ArrayList<>(1);
    json.object(
        "network",
        field -> {
          switch (field) {
            case "inputs" -> inputs[0] = size(json, field);
            case "initializer" -> initializer[0] = constant(json, Initializer.values(), field);
            case "layers" ->
                json.array(
                    field,
                    () -> {
                      if (layers.size() == Network.MOST_LAYERS) {
                        throw json.failure("more than " + Network.MOST_LAYERS + " layers");
                      }
                      layers.add(layer(json, "layer " + layers.size()));
                    });
            case "input_groups" ->
                json.array(
                    field,
                    () -> inputGroups.add(inputGroup(json, "input group " + inputGroups.size())));
            case "loss" -> loss.add(loss(json));
            default -> throw json.unknownField("network", field);
          }
        });
    json.end();
    if (inputs[0] == 0 || layers.isEmpty()) {
      throw json.failure("expected inputs and at least one layer");
    }
    try {
      Network network = Network.of(inputs[0]).initializer(initializer[0]);
      for (Layer layer : layers) {
        network = network.dense(layer.units(), layer.activation(), layer.penalty());
        if (layer.dropout() > 0) {
          network = network.dropout(layer.dropout());
        }
      }
      if (!loss.isEmpty()) {
        network = network.loss(loss.getFirst());
      }
      network.loss(); // refuses a last layer that is no head
      return network.inputGroups(inputGroups);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw json.failure(String.valueOf(e.getMessage()));
    }
  }

  private static Layer layer(StrictJson json, String what) {
    int[] units = {0};
    Activation[] activation = {Activation.IDENTITY};
    double[] numbers = new double[4];
    json.object(
        what,
        field -> {
          String part = what + " " + field;
          switch (field) {
            case "units" -> units[0] = size(json, part);
            case "activation" -> activation[0] = constant(json, Activation.values(), part);
            case "l1" -> numbers[0] = json.finite(part);
            case "l2" -> numbers[1] = json.finite(part);
            case "group" -> numbers[2] = json.finite(part);
            case "dropout" -> numbers[3] = json.finite(part);
            default -> throw json.unknownField(what, field);
          }
        });
    try {
      Penalty penalty = new Penalty(numbers[0], numbers[1], numbers[2]);
      return new Layer(units[0], activation[0], penalty, numbers[3]);
    } catch (IllegalArgumentException e) {
      throw json.failure(what + ": " + e.getMessage());
    }
  }

  private static Loss loss(StrictJson json) {
    String[] name = {""};
    double[] parameter = {Double.NaN};
    json.object(
        "loss",
        field -> {
          switch (field) {
            case "name" -> name[0] = json.string("loss name");
            case "parameter" -> parameter[0] = json.finite("loss parameter");
            default -> throw json.unknownField("loss", field);
          }
        });
    try {
      return Heads.loss(name[0], parameter[0]);
    } catch (IllegalArgumentException e) {
      throw json.failure(String.valueOf(e.getMessage()));
    }
  }

  private static InputGroup inputGroup(StrictJson json, String what) {
    int[] rows = {0};
    double[] factor = {1};
    json.object(
        what,
        field -> {
          switch (field) {
            case "rows" -> rows[0] = size(json, what + " rows");
            case "factor" -> factor[0] = json.finite(what + " factor");
            default -> throw json.unknownField(what, field);
          }
        });
    try {
      return new InputGroup(rows[0], factor[0]);
    } catch (IllegalArgumentException e) {
      throw json.failure(what + ": " + e.getMessage());
    }
  }

  private static int size(StrictJson json, String what) {
    long size = json.whole(what);
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw json.failure(what + ": expected a number from 1 to 2^31 - 1, found " + size);
    }
    return (int) size;
  }

  /** Reads the name of one of an enum's constants, in lower case. */
  static <E extends Enum<E>> E constant(StrictJson json, E[] constants, String what) {
    String name = json.string(what);
    for (E constant : constants) {
      if (lower(constant).equals(name)) {
        return constant;
      }
    }
    throw json.failure(what + ": " + Excerpt.of(name) + " is unknown to this Lariat");
  }

  /** An enum's constant as files have it. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A layer in words. */
  static String describe(int units, Activation activation) {
    return units + " " + lower(activation) + (units == 1 ? " unit" : " units");
  }
}
