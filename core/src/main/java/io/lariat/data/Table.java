package io.lariat.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table that can be read, as often as is wanted: with a target that is learnt, under the {@link
 * Schema} of a model, or as rows to predict. What is said of columns, categories and tasks at
 * {@link Csv} holds for every source.
 */
public final class Table {
  private final Origin origin;

  private Table(Origin origin) {
    this.origin = origin;
  }

  /** The table that a data set was read from. */
  public static Table of(Origin origin) {
    return new Table(origin);
  }

  /** What {@code source} has. */
  public static Table of(TableSource source) {
    return of(new Origin(source, null));
  }

  /** The table in {@code file}, of the format that its name says. */
  public static Table at(Path file) {
    return at(file, TableFormat.of(file));
  }

  /** The table in {@code file}, of the format {@code format}. */
  public static Table at(Path file, TableFormat format) {
    return of(new Origin(format.open(file), file));
  }

  /** Where its rows come from. */
  public TableSource source() {
    return origin.source();
  }

  /** The file that it is in; null if it is in none. */
  public @Nullable Path file() {
    return origin.file();
  }

  /** What a data set of it is called. */
  public String name() {
    return origin.name();
  }

  /**
   * Reads a data set.
   *
   * @param target the name of the column to predict; all other columns are features. Sparse rows
   *     have theirs, {@value SparseSink#TARGET}
   * @param task null: inferred from the target
   * @throws DataException if the table cannot be used; the message says where
   */
  public Dataset read(String target, @Nullable Task task, ReadProgress progress) {
    return read(
        progress,
        columns -> new InferredRows(origin, columns, target, task),
        place -> new InferredElements(origin, place, task));
  }

  /**
   * Reads the columns of a known schema, the target too: the data set of a model. Columns are found
   * by name, in any order, and others are left out.
   *
   * @throws DataException if the table cannot be used, lacks a column, or holds a category or a
   *     class that the schema does not know
   */
  public Dataset read(Schema schema, ReadProgress progress) {
    return read(
        progress,
        columns -> KnownRows.dataset(origin, columns, schema),
        place -> KnownElements.dataset(origin, place, schema));
  }

  /**
   * Reads rows to predict. Columns are found by name, in any order; what the schema does not have,
   * such as the target, is ignored and listed.
   *
   * @throws DataException if the table cannot be used, lacks a column or holds an unknown category
   */
  public Features features(Schema schema, ReadProgress progress) {
    return read(
        progress,
        columns -> KnownRows.features(columns, schema),
        place -> KnownElements.features(origin.source(), place, schema));
  }

  /**
   * Reads rows to predict as {@link #features(Schema, ReadProgress)} does, but in blocks, so that a
   * table of any length takes the memory of a block: up to 4096 rows, of about a megabyte, and one
   * row at least.
   *
   * @param rows gets each block while the table is read, in its order; what it throws ends the
   *     reading
   * @return what of the table the schema does not have, as {@link Features#ignored}; the blocks do
   *     not list it
   */
  public List<String> features(Schema schema, ReadProgress progress, Consumer<Features> rows) {
    return read(
        progress,
        columns -> KnownRows.blocks(columns, schema, rows),
        place -> KnownElements.blocks(origin.source(), place, schema, rows));
  }

  private <T, D extends RowSink & Supplier<T>, S extends SparseSink & Supplier<T>> T read(
      ReadProgress progress, Function<SourceColumns, D> dense, Function<SourcePlace, S> sparse) {
    // Reads into what fits the rows, which the source knows.
    final class Sink implements TableSink {
      private @Nullable Supplier<T> result;

      @Override
      public RowSink rows(List<SourceColumn> columns, SourcePlace place) {
        D rows = dense.apply(new SourceColumns(origin.source().name(), columns, place));
        result = rows;
        return rows;
      }

      @Override
      public SparseSink sparseRows(SourcePlace place) {
        S rows = sparse.apply(place);
        result = rows;
        return rows;
      }
    }

    @Nullable Path file = origin.file();
    if (file != null && Files.isDirectory(file)) {
      throw ReadProblem.isFolder(origin.source());
    }
    Sink sink = new Sink();
    try {
      origin.source().read(progress, sink);
    } catch (IOException e) {
      throw ReadProblem.of(origin.source(), e);
    }
    if (sink.result == null) {
      throw ReadProblem.isEmpty(origin.source());
    }
    return sink.result.get();
  }
}
