package io.lariat.cli.select;

import io.lariat.cli.words.Text;
import io.lariat.select.Evidence;
import io.lariat.select.FeatureScore;
import io.lariat.select.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Remarks on a selection that the selection itself gives rise to. */
final class SelectNotes {
  private static final int MOST_NAMED = 5;

  private SelectNotes() {}

  /** The remarks that apply. */
  static List<String> of(Selection selection) {
    List<String> chance =
        selection.features().stream()
            .filter(f -> f.evidence() == Evidence.CHANCE)
            .sorted(Comparator.comparingInt(FeatureScore::rank))
            .map(FeatureScore::name)
            .toList();
    List<String> notes = new ArrayList<>(StandIns.notes(selection));
    if (!chance.isEmpty()) {
      notes.add(
          "not selected, though the model fits these rows by them, since nothing tells "
              + (chance.size() == 1 ? "it" : "them")
              + " from chance: "
              + Text.some(chance, MOST_NAMED));
    }
    return notes;
  }
}
