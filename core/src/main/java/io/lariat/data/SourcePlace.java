package io.lariat.data;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Where a {@link TableSource} is, so that a message can say it; asked only when there is one. */
@FunctionalInterface
public interface SourcePlace {

  /** The place as messages begin with it: {@code t.csv line 3}. */
  String now();

  /**
   * Why the columns have not the names that they should, if the source can see it: what it was
   * given may be another kind of file.
   *
   * @param wanted those that are looked for
   * @return what is wrong and the remedy, as it follows the place; null if nothing shows
   */
  default @Nullable String misnamed(Collection<String> wanted) {
    return null;
  }
}
