package io.lariat.cli.path;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.lariat.cli.output.SummaryJson;
import io.lariat.cli.words.FeatureUse;
import io.lariat.cli.words.Json;
import io.lariat.cli.words.Text;
import io.lariat.path.LambdaPath;
import java.util.IntSummaryStatistics;
import org.jspecify.annotations.Nullable;

/** {@code summary.json} of a path, for programs. */
final class PathJson {
  private PathJson() {}

  /** The file's text. */
  static String of(PathResult result) {
    JsonObject json = new JsonObject();
    json.add("settings", SummaryJson.settings(result.settings()));
    json.add("versions", SummaryJson.versions(result.backend()));
    json.add("data", SummaryJson.data(result.path().data(), result.path().head()));
    json.addProperty("metric", PathTable.metric(result.path()));
    json.addProperty("lambdas", result.path().points().size());
    json.add("min", rule(result.path(), LambdaPath.Rule.MIN));
    json.add("1se", rule(result.path(), LambdaPath.Rule.ONE_SE));
    json.addProperty("rule", result.rule() == null ? null : Text.word(result.rule()));
    json.add("chosen", chosen(result));
    json.add("notes", Json.strings(result.notes()));
    json.addProperty("seconds", result.seconds());
    return Json.file(json);
  }

  private static JsonElement rule(LambdaPath<?> path, LambdaPath.Rule rule) {
    if (path.folds() == 0) {
      return JsonNull.INSTANCE;
    }
    JsonObject json = point(path.points().get(path.chosen(rule)));
    IntSummaryStatistics features = path.chosenFeatures(rule);
    json.addProperty("least_features_without_a_fold", features.getMin());
    json.addProperty("most_features_without_a_fold", features.getMax());
    return json;
  }

  private static JsonElement chosen(PathResult result) {
    @Nullable Integer chosen = result.chosen();
    if (chosen == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject json = point(result.path().points().get(chosen));
    FeatureUse use = FeatureUse.of(result.path().model(chosen));
    json.add("used_features", SummaryJson.names(use.used()));
    json.add("unused_features", SummaryJson.names(use.unused()));
    return json;
  }

  private static JsonObject point(LambdaPath.Point<?> point) {
    JsonObject json = new JsonObject();
    json.addProperty("lambda", point.solution().lambda());
    json.addProperty("zeros", point.solution().zeros());
    json.addProperty("features", point.solution().features());
    json.addProperty("train_loss", point.solution().loss());
    json.add("cv_mean", Json.exact(point.cvMean()));
    json.add("cv_se", Json.exact(point.cvSe()));
    json.add("metric", Json.exact(point.metric()));
    json.addProperty("kkt", point.solution().kkt());
    return json;
  }
}
