package io.lariat.cli.path;

import io.lariat.cli.words.Text;
import io.lariat.cli.words.Version;
import io.lariat.model.Model;
import io.lariat.optimality.Certification;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearSolution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path and what was made of it.
 *
 * @param path all models
 * @param linear the same, where they are linear; else null
 * @param chosen the position of the model that is written; null: none is
 * @param rule by which it was chosen; null: by none
 * @param settings what was asked for
 * @param notes remarks for the user
 * @param backend what computed
 * @param seconds how long that took
 */
record PathResult(
    LambdaPath<?> path,
    @Nullable LambdaPath<LinearSolution> linear,
    @Nullable Integer chosen,
    LambdaPath.@Nullable Rule rule,
    Map<String, Object> settings,
    List<String> notes,
    String backend,
    double seconds) {

  /** The model of position {@code i}, with its certificate and notes on how it was made. */
  Model model(int i) {
    Map<String, String> notes = new LinkedHashMap<>();
    settings.forEach((name, value) -> notes.put(name, value.toString()));
    notes.put("lambda", String.valueOf(path.points().get(i).solution().lambda()));
    if (rule != null) {
      notes.put("rule", Text.word(rule));
    }
    notes.put("lariat", Version.lariat());
    Model model = path.model(i).withNotes(notes);
    return model.withCertificate(Certification.of(model, path.data()).certificate());
  }
}
