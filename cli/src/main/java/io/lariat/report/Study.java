package io.lariat.report;

import io.lariat.train.Training;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a report is about: a training, and what it is compared with.
 *
 * @param dataName what the data is called
 * @param validationName what the file is called whose rows validate; null: the last of the data do
 * @param run the training
 * @param unpenalized its twin, the same but without penalties; null if there is none
 * @param settings name and value of each setting, shown in this order
 * @param backend what computed
 * @param notes remarks for the reader, each a sentence or two
 */
public record Study(
    String dataName,
    @Nullable String validationName,
    Training run,
    @Nullable Training unpenalized,
    Map<String, Object> settings,
    String backend,
    List<String> notes) {

  /** Copies map and list, in their order. */
  public Study {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    notes = List.copyOf(notes);
  }
}
