package io.lariat.path;

import io.lariat.train.Procedure;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What paths have in common, of linear models or of networks.
 *
 * @param <S> the path itself
 */
public abstract sealed class PathSettings<S extends PathSettings<S>> extends Procedure<S>
    permits LinearPath, NetworkPath {
  int count = 50;
  double @Nullable [] given;
  double l2;
  int folds = 5;
  Set<String> kept = Set.of();

  PathSettings(int threads) {
    super(0, threads);
  }

  /** How many lambdas, evenly spaced on a logarithmic scale; 50 unless set. */
  public S lambdas(int number) {
    count = LambdaGrid.count(number);
    given = null;
    return self();
  }

  /** These lambdas, in any order; positive and finite. */
  public S lambdas(double... values) {
    given = LambdaGrid.given(values);
    return self();
  }

  /** The ridge's part of the penalty, the same at every lambda; 0 unless set. */
  public S l2(double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("l2: expected a number of at least 0, found " + value);
    }
    l2 = value;
    return self();
  }

  /** The number of folds, at least 2, or 0 for no cross-validation; 5 unless set. */
  public S folds(int number) {
    folds = LambdaGrid.folds(number);
    return self();
  }

  /** The columns that no penalty of the first layer touches. */
  public S keep(Collection<String> columns) {
    kept = Set.copyOf(columns);
    return self();
  }
}
