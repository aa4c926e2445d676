package io.lariat.cli.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.lariat.cli.output.SummaryJson;
import io.lariat.cli.words.CertificateText;
import io.lariat.cli.words.FeatureUse;
import io.lariat.cli.words.Json;
import io.lariat.cli.words.Text;
import io.lariat.model.Compaction;
import io.lariat.model.Layer;
import io.lariat.model.Weights;
import io.lariat.train.Epoch;
import io.lariat.train.Evaluation;
import io.lariat.train.StopReason;
import io.lariat.train.Training;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code summary.json} of a training, for programs. */
final class TrainJson {

  private TrainJson() {}

  /** The file's text. */
  static String of(TrainResult result) {
    Training run = result.run();
    JsonObject json = new JsonObject();
    json.add("settings", SummaryJson.settings(result.study().settings()));
    json.add("seed", SummaryJson.primitive(result.study().settings().getOrDefault("seed", 0L)));
    json.add("versions", SummaryJson.versions(result.study().backend()));
    json.addProperty("backend", result.study().backend());
    JsonObject data = SummaryJson.data(result.data(), run.model().head());
    data.addProperty("training_rows", run.trainingRows());
    data.addProperty("validation_rows", result.validationRows());
    if (result.study().validationName() != null) {
      data.addProperty("validation_file", result.study().validationName());
    }
    json.add("data", data);
    json.addProperty("epochs", run.epochsRun());
    json.addProperty("best_epoch", run.bestEpoch());
    json.addProperty("stop_reason", Text.word(run.stopReason()));
    json.add("metrics", metrics(result));
    json.add("zeros", zeros(run.model().weights()));
    FeatureUse use = FeatureUse.of(run.model());
    addUse(json, use);
    json.addProperty("overfitting", Overfitting.note(run.history()));
    json.add("certificate", CertificateText.json(result.saved().certificate()));
    json.add("compacted", compacted(result));
    json.add("unpenalized", unpenalized(result.study().unpenalized()));
    json.add("notes", Json.strings(result.study().notes()));
    JsonObject seconds = new JsonObject();
    result.seconds().forEach(seconds::addProperty);
    json.add("seconds", seconds);
    return Json.file(json);
  }

  /** Adds which features and columns are in use: null for a list of more names than are of use. */
  private static void addUse(JsonObject json, FeatureUse use) {
    json.addProperty("used_feature_count", use.used().size());
    json.addProperty("unused_feature_count", use.unused().size());
    json.add("used_features", SummaryJson.names(use.used()));
    json.add("unused_features", SummaryJson.names(use.unused()));
    json.add("used_columns", SummaryJson.names(use.usedColumns()));
    json.add("unused_columns", SummaryJson.names(use.unusedColumns()));
  }

  private static JsonObject metrics(TrainResult result) {
    Training run = result.run();
    JsonObject json = new JsonObject();
    json.add("training", evaluation(result.trainingEvaluation()));
    JsonObject validation = evaluation(run.evaluation());
    Epoch.@Nullable Validation losses = finalValidation(run);
    if (validation != null && losses != null) {
      validation.addProperty("loss", losses.loss());
      validation.addProperty("data_loss", losses.dataLoss());
    }
    json.add("validation", validation == null ? JsonNull.INSTANCE : validation);
    return json;
  }

  /** The validation losses of the weights that the model has; null where no epoch measured them. */
  private static Epoch.@Nullable Validation finalValidation(Training run) {
    List<Epoch> epochs = run.history().epochs();
    if (run.bestEpoch() != null) {
      return epochs.get(run.bestEpoch() - 1).validation();
    }
    // A cancelled training ends between epochs' ends.
    return run.stopReason() == StopReason.CANCELLED ? null : epochs.getLast().validation();
  }

  private static @Nullable JsonObject evaluation(@Nullable Evaluation evaluation) {
    if (evaluation == null) {
      return null;
    }
    JsonObject json = new JsonObject();
    json.addProperty("rows", evaluation.rows());
    evaluation.metrics().forEach(json::addProperty);
    return json;
  }

  private static JsonArray zeros(Weights weights) {
    JsonArray json = new JsonArray();
    for (int i = 0; i < weights.layout().layers(); i++) {
      JsonObject layer = new JsonObject();
      layer.addProperty("layer", Layer.name(i));
      layer.addProperty("zeros", weights.zeros(i));
      layer.addProperty("weights", weights.layout().kernelSize(i));
      json.add(layer);
    }
    return json;
  }

  private static JsonElement compacted(TrainResult result) {
    Compaction compaction = result.compaction();
    if (compaction == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject json = new JsonObject();
    json.addProperty("from", Compaction.shape(result.run().model().network()));
    json.addProperty("to", Compaction.shape(compaction.model().network()));
    json.addProperty("exact", compaction.isExact());
    json.add("removed_columns", Json.strings(compaction.removedColumns()));
    return json;
  }

  private static JsonElement unpenalized(@Nullable Training twin) {
    if (twin == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject json = new JsonObject();
    JsonObject validation = evaluation(twin.evaluation());
    json.add("validation", validation == null ? JsonNull.INSTANCE : validation);
    json.addProperty("overfitting", Overfitting.note(twin.history()));
    return json;
  }
}
