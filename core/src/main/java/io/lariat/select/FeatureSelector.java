package io.lariat.select;

import io.lariat.backend.Activation;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.train.Procedure;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a feature selection; {@link #fit} makes it. Each call changes this object and
 * returns it.
 *
 * <pre>{@code
 * Selection selection = FeatureSelector.create().seed(42).fit(data);
 * selection.selected().forEach(f -> System.out.println(f.rank() + " " + f.name()));
 * Model model = selection.model();
 * }</pre>
 *
 * <p>The same seed, data and settings give the same selection, whatever the number of threads.
 */
public final class FeatureSelector extends Procedure<FeatureSelector> {
  /** The least level that what is drawn to see how far chance goes can tell: one draw in 2000. */
  public static final double LEAST_LEVEL = 0.0005;

  /** The activation of the hidden layer. */
  public static final Activation ACTIVATION = GroupNetwork.ACTIVATION;

  private int hidden = 20;
  private double level = 0.01;
  private int pairs;
  private double threshold = 0.75;
  private Set<String> kept = Set.of();

  private FeatureSelector() {
    super(42, 1);
  }

  @Override
  protected FeatureSelector self() {
    return this;
  }

  /** Settings to start from: a network of one hidden layer of 20 ReLU units. */
  public static FeatureSelector create() {
    return new FeatureSelector();
  }

  /** How many units the hidden layer has; 0 for a linear model. 20 unless set. */
  public FeatureSelector hidden(int units) {
    if (units < 0) {
      throw new IllegalArgumentException("hidden: expected at least 0 units, found " + units);
    }
    hidden = units;
    return this;
  }

  /** A linear model: the scores have signs. */
  public FeatureSelector linear() {
    return hidden(0);
  }

  /**
   * The probability with which something may be selected where nothing matters, at least {@link
   * #LEAST_LEVEL}; 0.01 unless set.
   */
  public FeatureSelector level(double alpha) {
    if (!(alpha >= LEAST_LEVEL && alpha < 1)) {
      throw new IllegalArgumentException(
          "level: expected a number from " + LEAST_LEVEL + " to below 1, found " + alpha);
    }
    level = alpha;
    return this;
  }

  /** The columns that are selected whatever the data say: no penalty touches them. */
  public FeatureSelector keep(Collection<String> columns) {
    kept = Set.copyOf(columns);
    return this;
  }

  /**
   * Stability selection on complementary pairs of halves of the rows, two fits a pair; 0, none,
   * unless set.
   */
  public FeatureSelector stability(int complementaryPairs) {
    if (complementaryPairs < 0) {
      throw new IllegalArgumentException(
          "stability: expected at least 0 pairs, found " + complementaryPairs);
    }
    pairs = complementaryPairs;
    return this;
  }

  /** The share of halves from which on a column is stable; 0.75 unless set. */
  public FeatureSelector stabilityThreshold(double share) {
    if (!(share > 0.5 && share <= 1)) {
      throw new IllegalArgumentException(
          "stability threshold: expected a number in (0.5, 1], found " + share);
    }
    threshold = share;
    return this;
  }

  /**
   * Selects features of {@code data}.
   *
   * @throws DataException if a column to keep is not there, no column could be selected, or the
   *     data are too small or too large, or have one target only
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Selection fit(Dataset data) {
    SelectionData all = SelectionData.of(data, kept);
    if (IntStream.range(0, all.groups()).noneMatch(all::isSelectable)) {
      throw new DataException(
          data.source()
              + ": every column is kept, constant or the same as one that is, so there is nothing"
              + " to select; keep fewer");
    }
    if (pairs > 0 && data.rows() < 2 * SelectionData.LEAST_ROWS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %d rows; stability selection halves them and needs at least %d",
              data.source(),
              data.rows(),
              2 * SelectionData.LEAST_ROWS));
    }
    int fits = 1 + 2 * pairs;
    AtomicInteger done = new AtomicInteger();
    Runnable finished = () -> progress.finished(done.incrementAndGet(), fits);
    SupportSearch search = search(all);
    SupportNetwork found = search.run();
    Confirmation confirmation = new Confirmation(search, found, level, seed);
    SupportNetwork support = confirmation.run();
    search.goOn(support);
    search.refit(support);
    finished.run();
    @Nullable Subsamples subsamples =
        pairs == 0
            ? null
            : Subsamples.of(
                all,
                pairs,
                seed,
                threads,
                half -> selected(all, half),
                cancellation,
                finished,
                parts);
    Clusters clusters = Clusters.of(all, selectedSomewhere(support, subsamples));
    return new Selection(
        FeatureRanking.of(support, confirmation.evidence(), search.leavesAt, subsamples, seed),
        search.lambda,
        search.path,
        clusters.list(subsamples),
        subsamples == null ? null : subsamples.stability(threshold, clusters.byColumn()),
        Detectable.correlation(all, search.lambda, confirmation.leastShare()),
        RefittedModel.of(support, notes(search, support)));
  }

  private SupportSearch search(SelectionData rows) {
    return new SupportSearch(rows, hidden, level, seed, cancellation);
  }

  /** Which columns are selected on some rows: if their targets are the same, those kept alone. */
  private boolean[] selected(SelectionData all, int[] rows) {
    Dataset some = all.source.rows(rows);
    boolean[] selected = new boolean[all.groups()];
    for (int g = 0; g < selected.length; g++) {
      selected[all.column[g]] = all.kept[g];
    }
    if (some.hasOneTarget(some.rows())) {
      return selected;
    }
    SelectionData half = SelectionData.of(some, kept);
    SupportSearch search = search(half);
    SupportNetwork support = new Confirmation(search, search.run(), level, seed).run();
    for (int g : support.groups) {
      selected[support.data.column[g]] = true;
    }
    return selected;
  }

  /** The groups that are selected on all rows or on some half. */
  private static BitSet selectedSomewhere(SupportNetwork support, @Nullable Subsamples subsamples) {
    BitSet groups = new BitSet();
    Arrays.stream(support.groups).forEach(groups::set);
    if (subsamples != null) {
      BitSet columns = subsamples.everSelected();
      for (int g = 0; g < support.data.groups(); g++) {
        groups.set(g, groups.get(g) || columns.get(support.data.column[g]));
      }
    }
    return groups;
  }

  private Map<String, String> notes(SupportSearch search, SupportNetwork support) {
    return Map.of(
        "selected_by", "quantile universal threshold",
        "lambda", Double.toString(search.lambda),
        "seed", Long.toString(seed),
        "selected_columns", Integer.toString(support.groups.length),
        "columns", Integer.toString(support.data.groups()));
  }
}
