package io.lariat.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lariat.model.Layer;
import io.lariat.model.Network;
import io.lariat.train.Epoch;
import io.lariat.train.History;
import io.lariat.train.Training;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The numbers and names that the page draws, as JSON that may stand inside a script element: {@code
 * <}, {@code >} and {@code &} are escaped, so are U+2028 and U+2029, and a number that is not
 * finite is null.
 */
final class ReportData {
  /** Escapes for HTML by default. */
  private static final Gson GSON = new GsonBuilder().serializeNulls().create();

  /** Losses and weights are float32: more digits would say nothing. */
  private static final MathContext FLOAT = new MathContext(7);

  private final Study study;
  private final Wording words;

  ReportData(Study study) {
    this.study = study;
    words = new Wording(study.run().model().network());
  }

  /** The JSON text. */
  String json(FirstKernel kernel) {
    JsonObject root = new JsonObject();
    root.addProperty("metric", study.run().history().metric());
    JsonArray runs = new JsonArray();
    runs.add(run(words.with(), study.run()));
    Training twin = study.unpenalized();
    if (twin != null) {
      runs.add(run(words.without(), twin));
    }
    root.add("runs", runs);
    root.add("tiles", tiles());
    root.add("layers", layers());
    FeatureData features = new FeatureData(study.run().model().schema(), kernel);
    root.add("features", features.bars());
    root.add("heat", features.heatMap());
    JsonArray settings = new JsonArray();
    study.settings().forEach((name, value) -> settings.add(strings(List.of(name, value))));
    root.add("settings", settings);
    root.add("notes", strings(study.notes()));
    return GSON.toJson(root);
  }

  private static JsonObject run(String name, Training training) {
    History history = training.history();
    JsonObject out = new JsonObject();
    out.addProperty("name", name);
    out.add("epoch", column(history, Epoch::number));
    out.add("dataLoss", column(history, Epoch::dataLoss));
    out.add("penalty", column(history, Epoch::penalty));
    out.add("metric", column(history, Epoch::metric));
    out.add("seconds", column(history, Epoch::seconds));
    out.add("featuresUsed", column(history, Epoch::featuresUsed));
    out.add("zeros", column(history, Epoch::totalZeros));
    JsonArray layerZeros = new JsonArray();
    for (int i = 0; i < training.model().network().layers().size(); i++) {
      int layer = i;
      layerZeros.add(column(history, e -> e.zeros().get(layer)));
    }
    out.add("layerZeros", layerZeros);
    boolean validated = history.bestValidationEpoch() >= 0;
    out.add("valDataLoss", validated ? validation(history, Epoch.Validation::dataLoss) : null);
    out.add("valMetric", validated ? validation(history, Epoch.Validation::metric) : null);
    out.addProperty("best", history.bestValidationEpoch());
    out.addProperty("kept", training.bestEpoch());
    return out;
  }

  private static JsonArray column(History history, ToDoubleFunction<Epoch> value) {
    return array(history.epochs(), e -> number(value.applyAsDouble(e)));
  }

  private static JsonArray validation(History history, ToDoubleFunction<Epoch.Validation> value) {
    return array(
        history.epochs(),
        e -> {
          Epoch.@Nullable Validation v = e.validation();
          return v == null ? JsonNull.INSTANCE : number(value.applyAsDouble(v));
        });
  }

  private JsonArray tiles() {
    return array(
        new Tiles(study).all(),
        t -> {
          JsonObject tile = new JsonObject();
          tile.addProperty("label", t.label());
          tile.addProperty("value", t.value());
          tile.add("details", strings(t.details()));
          return tile;
        });
  }

  private JsonArray layers() {
    Training run = study.run();
    Training twin = study.unpenalized();
    Network network = run.model().network();
    JsonArray out = new JsonArray();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      JsonObject entry = new JsonObject();
      entry.addProperty("name", Wording.layer(i));
      entry.addProperty("inputs", network.inputsOf(i));
      entry.addProperty("units", layer.units());
      entry.addProperty("activation", layer.activation().name().toLowerCase(Locale.ROOT));
      entry.addProperty("l1", Digits.setting(layer.penalty().l1()));
      entry.addProperty("l2", Digits.setting(layer.penalty().l2()));
      entry.addProperty("dropout", Digits.setting(layer.dropout()));
      entry.addProperty("penalized", !layer.penalty().isNone());
      entry.addProperty("weights", run.model().weights().layout().kernelSize(i));
      entry.addProperty("zeros", run.model().weights().zeros(i));
      entry.addProperty("twinZeros", twin == null ? null : twin.model().weights().zeros(i));
      out.add(entry);
    }
    return out;
  }

  /** A number, or null where JSON has none. */
  static JsonElement number(double value) {
    if (!Double.isFinite(value)) {
      return JsonNull.INSTANCE;
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return new JsonPrimitive((long) value);
    }
    return new JsonPrimitive(new BigDecimal(value).round(FLOAT));
  }

  static JsonArray strings(List<String> items) {
    return array(items, JsonPrimitive::new);
  }

  static <T> JsonArray array(List<T> items, Function<T, JsonElement> element) {
    JsonArray out = new JsonArray(items.size());
    items.forEach(item -> out.add(element.apply(item)));
    return out;
  }
}
