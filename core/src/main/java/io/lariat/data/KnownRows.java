package io.lariat.data;

import io.lariat.internal.rows.RowBlocks;
import io.lariat.internal.text.CellKind;
import io.lariat.internal.text.Excerpt;
import io.lariat.internal.text.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the columns of a known {@link Schema}, and its target if that is wanted; other columns are
 * left out.
 *
 * @param <T> what becomes of the rows
 */
final class KnownRows<T> implements RowSink, Supplier<T> {
  private static final int MOST_LISTED = 5;
  private static final int MOST_CATEGORIES_LISTED = 10;

  private final Schema schema;
  private final SourceColumns names;
  private final KnownTarget known;
  private final int targetColumn;
  private final Consumer<double[]> receiver;
  private final long mostRows;
  private final Function<List<String>, T> result;
  private final List<String> ignored = new ArrayList<>();
  private final @Nullable TextCodes[] categories;

  /** Where a column's first feature is in a row, the target behind all features; -1: nowhere. */
  private final int[] placeOf;

  private final double[] row;
  private long rows;

  /**
   * Checks that the columns are there.
   *
   * @param receiver gets each row in an array that is used again for the next
   * @param result what becomes of them; gets the names of the columns that are left out
   */
  private KnownRows(
      SourceColumns names,
      Schema schema,
      boolean withTarget,
      long mostRows,
      Consumer<double[]> receiver,
      Function<List<String>, T> result) {
    this.schema = schema;
    this.names = names;
    this.receiver = receiver;
    this.mostRows = mostRows;
    this.result = result;
    known = KnownTarget.of(schema.target());
    targetColumn = withTarget ? names.requireTarget(schema.target().name()) : -1;
    requireColumns(names);
    int width = names.names().size();
    row = new double[schema.features() + 1];
    categories = new TextCodes[width];
    placeOf = new int[width];
    Arrays.fill(placeOf, -1);
    int feature = 0;
    for (Column column : schema.columns()) {
      int at = names.find(column.name());
      placeOf[at] = feature;
      feature += column.width();
      if (column.isCategorical()) {
        TextCodes codes = new TextCodes(column.width());
        column.categories().forEach(codes::add);
        categories[at] = codes;
      }
    }
    for (int i = 0; i < width; i++) {
      if (i == targetColumn) {
        placeOf[i] = schema.features();
      } else if (placeOf[i] < 0) {
        ignored.add(names.names().get(i));
      }
    }
  }

  /** The data set of a model with that schema. */
  static KnownRows<Dataset> dataset(Origin origin, SourceColumns names, Schema schema) {
    RowBlocks x = new RowBlocks(schema.features());
    RowBlocks y = new RowBlocks(1);
    return new KnownRows<>(
        names,
        schema,
        true,
        Integer.MAX_VALUE,
        row -> {
          x.add(row, 0);
          y.add(row, schema.features());
        },
        ignored -> {
          x.trim();
          y.trim();
          List<Column> target = List.of(Column.numeric(schema.target().name()));
          List<String> notes = new ArrayList<>(MergedNumbers.notes(target, y));
          notes.addAll(MergedNumbers.notes(schema.columns(), x));
          return new Dataset(origin, schema, x, y, notes);
        });
  }

  /** Rows to predict. */
  static KnownRows<Features> features(SourceColumns names, Schema schema) {
    RowBlocks x = new RowBlocks(schema.features());
    return new KnownRows<>(
        names,
        schema,
        false,
        Integer.MAX_VALUE,
        row -> x.add(row, 0),
        ignored -> {
          x.trim();
          return new Features(x, ignored);
        });
  }

  /** Rows to predict, any number of them in blocks; what of the columns was ignored. */
  static KnownRows<List<String>> blocks(
      SourceColumns names, Schema schema, Consumer<Features> sink) {
    FeatureBlocks blocks = new FeatureBlocks(schema.features(), sink);
    return new KnownRows<>(
        names,
        schema,
        false,
        Long.MAX_VALUE,
        blocks::add,
        ignored -> {
          blocks.finish();
          return List.copyOf(ignored);
        });
  }

  private void requireColumns(SourceColumns found) {
    List<String> missing =
        schema.columns().stream().map(Column::name).filter(n -> found.find(n) < 0).toList();
    if (missing.isEmpty()) {
      return;
    }
    List<String> shown = missing.stream().limit(MOST_LISTED).map(Excerpt::of).toList();
    int more = missing.size() - shown.size();
    throw found.problem(
        missing,
        String.format(
            Locale.ROOT,
            "%s: lacks %s of the model's %d input columns: %s%s; add %s",
            found.file(),
            missing.size() == schema.columns().size() ? "all" : missing.size(),
            schema.columns().size(),
            String.join(", ", shown),
            more > 0 ? " and " + more + " more" : "",
            missing.size() == 1 ? "it" : "them"));
  }

  @Override
  public boolean takesNumbers(int column) {
    return placeOf[column] >= 0
        && categories[column] == null
        && (column != targetColumn || schema.target().classes().isEmpty());
  }

  @Override
  public void number(int column, double value) {
    if (takesNumbers(column)) {
      names.requireFinite(value, column);
      row[placeOf[column]] = value;
    } else {
      char[] text = NumberText.of(value).toCharArray(); // as a category or a class is called
      text(column, text, 0, text.length);
    }
  }

  @Override
  public boolean character(int column, char only) {
    TextCodes codes = categories[column];
    int code = codes == null ? -1 : codes.find(only);
    if (code >= 0) {
      row[placeOf[column] + code] = 1;
    }
    return code >= 0;
  }

  @Override
  public void text(int column, char[] text, int from, int to) {
    if (from == to) {
      missing(column);
      return;
    }
    names.requireNoControlsAround(text, from, to, column);
    int place = placeOf[column];
    if (place < 0) {
      return;
    }
    TextCodes codes = categories[column];
    if (codes != null) {
      int code = codes.find(text, from, to);
      if (code < 0) {
        throw unknown(column, codes, text, from, to);
      }
      row[place + code] = 1;
    } else if (takesNumbers(column)) {
      row[place] = number(column, text, from, to);
    } else {
      row[place] = known.code(names.at(column), shown(text, from, to));
    }
  }

  private double number(int column, char[] text, int from, int to) {
    double number = CellKind.parse(text, from, to);
    if (Double.isNaN(number)) {
      String cell = shown(text, from, to);
      throw new DataException(
          names.at(column) + ": " + Excerpt.of(cell) + " " + CellKind.ofOdd(cell).complaint());
    }
    return number;
  }

  private DataException unknown(int column, TextCodes codes, char[] text, int from, int to) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: %s is a category that the model does not know; it knows %s",
            names.at(column),
            Excerpt.of(shown(text, from, to)),
            known(codes)));
  }

  private static String shown(char[] text, int from, int to) {
    return new String(text, from, Math.min(to - from, ColumnReader.LONGEST_TEXT));
  }

  private static String known(TextCodes codes) {
    List<String> shown =
        codes.texts().stream().limit(MOST_CATEGORIES_LISTED).map(Excerpt::of).toList();
    int more = codes.texts().size() - shown.size();
    return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
  }

  @Override
  public void missing(int column) {
    if (placeOf[column] >= 0) {
      throw names.empty(column);
    }
  }

  @Override
  public void endRow() {
    if (rows == mostRows) {
      throw names.tooManyRows();
    }
    rows++;
    receiver.accept(row);
    Arrays.fill(row, 0);
  }

  @Override
  public T get() {
    if (rows == 0) {
      throw ReadProblem.hasNoRows(names.file());
    }
    return result.apply(ignored);
  }
}
