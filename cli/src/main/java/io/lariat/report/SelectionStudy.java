package io.lariat.report;

import io.lariat.data.Schema;
import io.lariat.select.Selection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the report of a selection is about.
 *
 * @param dataName what the data is called
 * @param schema its columns and target
 * @param rows how many rows it has
 * @param selection what was selected
 * @param level the probability of selecting something where nothing matters
 * @param settings name and value of each setting, shown in this order
 * @param notes remarks for the reader, each a sentence or two
 */
public record SelectionStudy(
    String dataName,
    Schema schema,
    int rows,
    Selection selection,
    double level,
    Map<String, Object> settings,
    List<String> notes) {

  /** Copies map and list, in their order. */
  public SelectionStudy {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    notes = List.copyOf(notes);
  }
}
