package io.lariat.cli.select;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lariat.cli.output.SummaryJson;
import io.lariat.cli.words.Json;
import io.lariat.model.Heads;
import io.lariat.select.Cluster;
import io.lariat.select.FeatureScore;
import io.lariat.select.PathStep;
import io.lariat.select.Selection;
import io.lariat.select.Stability;
import io.lariat.train.Evaluation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code summary.json} of a selection, for programs. */
final class SelectJson {
  private SelectJson() {}

  /** The file's text. */
  static String of(SelectResult result) {
    Selection selection = result.selection();
    JsonObject json = new JsonObject();
    json.add("settings", SummaryJson.settings(result.study().settings()));
    json.add("versions", SummaryJson.versions("double"));
    json.add("data", SummaryJson.data(result.data(), Heads.of(result.data().task())));
    json.addProperty("lambda", selection.lambda());
    json.add("selected", names(selection.selected()));
    json.addProperty("detectable_correlation", selection.detectable());
    json.add("stability", stability(selection.stability()));
    json.add("clusters", Json.array(selection.clusters(), c -> cluster(c, selection)));
    json.add("features", Json.array(result.byRank(), SelectJson::feature));
    json.add("path", Json.array(selection.path(), SelectJson::step));
    @Nullable Evaluation training = result.training();
    JsonObject metrics = new JsonObject();
    if (training != null) {
      training.metrics().forEach(metrics::addProperty);
    }
    json.addProperty("importance_of", "the rows fitted on");
    json.add("training_metrics", metrics);
    json.add("notes", Json.strings(result.study().notes()));
    json.addProperty("seconds", result.seconds());
    return Json.file(json);
  }

  private static JsonArray names(List<FeatureScore> features) {
    return Json.array(features, f -> new JsonPrimitive(f.name()));
  }

  private static JsonElement stability(@Nullable Stability stability) {
    if (stability == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject json = new JsonObject();
    json.addProperty("subsamples", stability.subsamples());
    json.addProperty("threshold", stability.threshold());
    json.addProperty("mean_selected", stability.meanSelected());
    json.addProperty("clusters", stability.clusters());
    json.addProperty("stable", stability.stable());
    json.addProperty("expected_false_at_most", stability.expectedFalse());
    json.addProperty("expected_false_says_something", stability.isInformative());
    return json;
  }

  private static JsonObject cluster(Cluster cluster, Selection selection) {
    List<FeatureScore> members = cluster.columns().stream().map(selection.features()::get).toList();
    JsonObject json = new JsonObject();
    json.add("columns", names(members));
    json.add(
        "selected",
        Json.strings(
            members.stream().filter(FeatureScore::selected).map(FeatureScore::name).toList()));
    json.addProperty("least_correlation", cluster.correlation());
    json.addProperty("frequency", cluster.frequency());
    return json;
  }

  private static JsonObject feature(FeatureScore feature) {
    JsonObject json = new JsonObject();
    json.addProperty("feature", feature.name());
    json.addProperty("rank", feature.rank());
    json.addProperty("importance", feature.importance());
    json.addProperty("frequency", feature.frequency());
    json.addProperty("selected", feature.selected());
    json.addProperty("kept", feature.kept());
    json.addProperty("evidence", feature.evidence().name().toLowerCase(Locale.ROOT));
    json.add("leaves_at_lambda", Json.exact(feature.leavesAt()));
    json.addProperty("sign", feature.sign());
    return json;
  }

  private static JsonObject step(PathStep step) {
    JsonObject json = new JsonObject();
    json.addProperty("lambda", step.lambda());
    json.addProperty("features", step.alive());
    return json;
  }
}
