package io.lariat.data;

import java.util.List;

/**
 * Rows to predict, encoded as a schema wants them; see {@link Csv#readFeatures}.
 *
 * @param values {@code [rows x features]} row-major, categories one-hot; kept, not copied
 * @param rows the number of rows
 * @param ignored the names of the file's columns that the schema does not have, in file order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; handed to predict as it is
public record Features(float[] values, int rows, List<String> ignored) {

  /** Copies the list. */
  public Features {
    ignored = List.copyOf(ignored);
  }
}
