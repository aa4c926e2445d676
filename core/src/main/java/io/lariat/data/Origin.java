package io.lariat.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a data set come from; {@link Table#of(Origin)} reads them again.
 *
 * @param source what hands them out
 * @param file the file that they are in; null if they are in none
 */
public record Origin(TableSource source, @Nullable Path file) {

  /** What a data set of it is called: the file's name without its folder. */
  public String name() {
    @Nullable Path name = file == null ? null : file.getFileName();
    return name == null ? source.name() : name.toString();
  }
}
