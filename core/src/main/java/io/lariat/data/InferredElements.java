package io.lariat.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Dataset} of sparse rows. Feature {@code k} is called by its prefix and {@code k};
 * indices begin at 1, or at 0 if there is an index 0.
 */
final class InferredElements implements SparseSink, Supplier<Dataset> {
  /** More features than this are more likely a mistake in the file than meant. */
  private static final int MOST_FEATURES = 10_000_000;

  private final Origin origin;
  private final SourcePlace place;
  private final @Nullable Task task;
  private final SparseRowsBuilder rows = new SparseRowsBuilder();
  private final WrittenTargets labels = new WrittenTargets();
  private boolean hasZero;

  InferredElements(Origin origin, SourcePlace place, @Nullable Task task) {
    this.origin = origin;
    this.place = place;
    this.task = task;
  }

  @Override
  public void label(double number, String text) {
    labels.add(number, text);
  }

  @Override
  public void noLabel() {
    throw ReadProblem.hasNoLabel(place);
  }

  @Override
  public void element(int index, double value) {
    if (index > MOST_FEATURES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: index %d is above %d, the most that is taken for a feature's number; number the"
                  + " features without gaps",
              place.now(),
              index,
              MOST_FEATURES));
    }
    hasZero |= index == 0;
    if (value != 0) {
      rows.add(index, value);
    }
  }

  @Override
  public void endRow() {
    rows.endRow();
  }

  @Override
  public Dataset get() {
    if (rows.rows() == 0) {
      throw ReadProblem.isEmpty(origin.source());
    }
    if (rows.greatest() < 0) {
      throw new DataException(origin.source().name() + ": no row has a feature that is not zero");
    }
    int first = hasZero ? 0 : 1;
    rows.shift(first);
    int features = rows.greatest() + 1;
    List<Column> columns = Column.numbered(PREFIX, first, features);
    SparseRows x = rows.build(features);
    TargetInference.Encoded y = labels.finish(TARGET, task);
    List<String> notes = new ArrayList<>(y.notes());
    notes.addAll(MergedNumbers.notes(columns, x));
    return new Dataset(origin, new Schema(columns, y.target()), x, y.y(), notes);
  }
}
