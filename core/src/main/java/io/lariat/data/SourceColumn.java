package io.lariat.data;

/**
 * A column of a {@link TableSource}.
 *
 * @param name its name
 * @param cells what is in it
 */
public record SourceColumn(String name, Cells cells) {

  /** What a column's cells are. */
  public enum Cells {
    /** Numbers. */
    NUMBERS,
    /** Texts: categories, also where they look like numbers. */
    TEXTS,
    /**
     * Texts of a file that knows no types: numbers if that is what most of them say, and categories
     * else. Labels of classes are called as they are written.
     */
    WRITTEN
  }
}
