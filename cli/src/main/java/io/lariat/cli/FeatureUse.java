package io.lariat.cli;

import io.lariat.data.Column;
import io.lariat.model.Model;
import java.util.ArrayList;
import java.util.List;

/**
 * Which inputs a network uses: those with a weight in the first layer that is not zero.
 *
 * @param used the names of the features in use, one-hot ones as {@code column=category}
 * @param unused the other features
 * @param usedColumns the columns of which a feature is in use
 * @param unusedColumns the other columns
 */
record FeatureUse(
    List<String> used, List<String> unused, List<String> usedColumns, List<String> unusedColumns) {

  /** Looks at {@code model}'s first layer. */
  static FeatureUse of(Model model) {
    FeatureUse use =
        new FeatureUse(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int feature = 0;
    for (Column column : model.schema().columns()) {
      boolean any = false;
      for (int i = 0; i < column.width(); i++, feature++) {
        boolean uses = model.weights().usesInput(feature);
        (uses ? use.used : use.unused).add(column.featureName(i));
        any |= uses;
      }
      (any ? use.usedColumns : use.unusedColumns).add(column.name());
    }
    return use;
  }

  /** How many of how many, and which are not if they are few. */
  String summary(int mostNamed) {
    int all = used.size() + unused.size();
    StringBuilder text = new StringBuilder();
    text.append(Figures.count(used.size())).append(" of ").append(Figures.count(all));
    text.append(" in use");
    if (!unused.isEmpty() && unused.size() <= mostNamed) {
      text.append("; unused: ").append(String.join(", ", unused));
    }
    return text.toString();
  }
}
