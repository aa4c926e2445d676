package io.lariat.cli.words;

import io.lariat.data.Dataset;
import io.lariat.optimality.Objective;
import org.jspecify.annotations.Nullable;

/** Whether rows can be computed with in double precision. */
public final class InDouble {

  private InDouble() {}

  /** Why rows cannot be held in double; null if they can. */
  public static @Nullable String obstacle(Dataset data) {
    if (data.sparseRows() != null) {
      return data.source() + " has sparse rows, and only dense ones are held in double; use CSV";
    }
    long numbers = (long) data.rows() * data.features();
    long bytes = numbers * Double.BYTES;
    if (numbers > Objective.MOST_NUMBERS || bytes > Runtime.getRuntime().maxMemory() / 2) {
      return Text.of(
          "%s has %,d numbers, too many to be held in double; use fewer rows or columns%s",
          data.source(),
          numbers,
          numbers > Objective.MOST_NUMBERS
              ? ""
              : ", or give Java more memory with LARIAT_JAVA_OPTS=-Xmx8g");
    }
    return null;
  }
}
