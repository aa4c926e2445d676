package io.lariat.cli.path;

import io.lariat.cli.words.Text;
import io.lariat.diagnosis.Advice;
import io.lariat.diagnosis.Caution;
import io.lariat.model.Weights;
import io.lariat.path.LambdaPath;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to know of a path before trusting it, a sentence each. */
final class PathNotes {
  private PathNotes() {}

  /** The notes on the model at position {@code chosen}; none if no model is chosen. */
  static List<String> of(
      LambdaPath<?> path, @Nullable Integer chosen, LambdaPath.@Nullable Rule rule) {
    List<String> notes = new ArrayList<>();
    if (rule != null) {
      IntSummaryStatistics features = path.chosenFeatures(rule);
      if (features.getMin() < features.getMax()) {
        notes.add(
            Text.of(
                "the number of features rests on one split into folds: with any one of the %d left"
                    + " out it is %d to %d by the rule %s, and another --seed may choose another"
                    + " number; which features matter is what select asks",
                path.folds(), features.getMin(), features.getMax(), Text.word(rule)));
      }
    }
    if (chosen != null) {
      Weights weights = path.points().get(chosen).solution().weights();
      notes.addAll(Advice.ofConstants(path.data(), weights::usesInput));
      notes.addAll(Caution.of(path.data(), path.data().rows(), weights::usesInput));
    }
    return notes;
  }
}
