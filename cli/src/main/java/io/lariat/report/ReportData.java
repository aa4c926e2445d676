package io.lariat.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Json;
import io.lariat.cli.words.Text;
import io.lariat.model.Layer;
import io.lariat.model.Network;
import io.lariat.train.Epoch;
import io.lariat.train.History;
import io.lariat.train.Training;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The numbers and names that the report of a training draws. */
final class ReportData {
  private final Study study;
  private final Wording words;

  ReportData(Study study) {
    this.study = study;
    words = new Wording(study.run().model().network());
  }

  /** Puts key figures, settings, notes and all that is drawn into the page. */
  void addTo(Page page, FirstKernel kernel) {
    JsonArray runs = new JsonArray();
    runs.add(run(words.with(), study.run()));
    Training twin = study.unpenalized();
    if (twin != null) {
      runs.add(run(words.without(), twin));
    }
    Map<String, Object> settings = new LinkedHashMap<>(study.settings());
    settings.put("backend", study.backend());
    FeatureData features = new FeatureData(study.run().model().schema(), kernel);
    page.tiles(new Tiles(study).all())
        .settings(settings)
        .notes(study.notes())
        .data("metric", new JsonPrimitive(study.run().history().metric()))
        .data("runs", runs)
        .data("layers", layers())
        .data("features", features.bars())
        .data("heat", features.heatMap());
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
    return Json.array(history.epochs(), e -> Json.number(value.applyAsDouble(e)));
  }

  private static JsonArray validation(History history, ToDoubleFunction<Epoch.Validation> value) {
    return Json.array(
        history.epochs(),
        e -> {
          Epoch.@Nullable Validation v = e.validation();
          return v == null ? JsonNull.INSTANCE : Json.number(value.applyAsDouble(v));
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
      entry.addProperty("name", Layer.name(i));
      entry.addProperty("inputs", network.inputsOf(i));
      entry.addProperty("units", layer.units());
      entry.addProperty("activation", Text.word(layer.activation()));
      entry.addProperty("l1", Figures.setting(layer.penalty().l1()));
      entry.addProperty("l2", Figures.setting(layer.penalty().l2()));
      if (layer.penalty().group() > 0) {
        entry.addProperty("group", Figures.setting(layer.penalty().group()));
      }
      entry.addProperty("dropout", Figures.setting(layer.dropout()));
      entry.addProperty("penalized", !layer.penalty().isNone());
      entry.addProperty("weights", run.model().weights().layout().kernelSize(i));
      entry.addProperty("zeros", run.model().weights().zeros(i));
      entry.addProperty("twinZeros", twin == null ? null : twin.model().weights().zeros(i));
      out.add(entry);
    }
    return out;
  }
}
