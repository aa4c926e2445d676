package io.lariat.select;

import io.lariat.numeric.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether groups of features go with what is left to explain by their squares and products: the
 * squared length of the projection of the residuals' random {@link NormalScores} on what these add
 * to the columns that explain already. If the features have nothing to do with the residuals it is
 * exactly chi-squared, whatever the distributions of both. The level is divided among all groups
 * and pairs there are, so it does not matter which of them are asked for.
 */
final class SecondOrder {
  /** More products of two groups than this, or than a part of the rows, are not looked at. */
  private static final int MOST_PRODUCTS = 100;

  private static final int ROWS_A_PRODUCT = 5;

  /** The share of the level that squares of single columns have; pairs have the rest. */
  private static final double SINGLE_SHARE = 1.0 / 3;

  private final SelectionData data;
  private final FirstOrder first;
  private final double[][] scores;
  private final double logSingle;
  private final double logPair;

  /** One of all groups must pass beside another, of a pair that has passed. */
  private final double logOne;

  SecondOrder(SelectionData data, FirstOrder first, double[][] residuals, double level, long seed) {
    this.data = data;
    this.first = first;
    scores = new double[residuals.length][];
    Arrays.setAll(scores, k -> NormalScores.random(residuals[k], seed));
    double groups = data.groups();
    double pairs = Math.max(1, groups * (groups - 1) / 2);
    logSingle = Math.log(SINGLE_SHARE * level / groups / scores.length);
    logOne = Math.log(level / groups / scores.length);
    logPair = Math.log((1 - SINGLE_SHARE) * level / pairs / scores.length);
  }

  /** Whether the square of {@code g} goes with the residuals. */
  boolean bends(int g, Subspace explained) {
    return logProbability(squares(g), explained) < logSingle;
  }

  /**
   * Whether two groups that do not explain yet go with the residuals together; each must add to the
   * square of the other, so that none rides on the other's.
   */
  boolean goTogether(int g, int h, Subspace explained) {
    if (tooMany(g, h)) {
      return false;
    }
    double[][] products = products(g, h);
    return logProbability(joined(squares(g), squares(h), products), explained) < logPair
        && logProbability(joined(squares(g), products), with(squares(h), explained)) < logOne
        && logProbability(joined(squares(h), products), with(squares(g), explained)) < logOne;
  }

  /**
   * Whether the square of {@code g} and its products with {@code h}, which explains already, go
   * with the residuals. Where these vary more with {@code h} than without it, so does what chance
   * makes.
   */
  boolean goesWith(int g, int h, Subspace explained) {
    if (tooMany(g, h)) {
      return false;
    }
    Subspace space = with(squares(h), explained);
    List<double[]> added = space.beyond(joined(squares(g), products(g, h)));
    for (double[] score : scores) {
      double statistic =
          statistic(added, score) / inflation(first.columns(h), space.without(score));
      if (!added.isEmpty() && ChiSquared.logTail(statistic, added.size()) < logPair) {
        return true;
      }
    }
    return false;
  }

  /**
   * How many times larger than with independent ones the variance of the products' sums with {@code
   * r} is, given the features of a group that explains; at least 1.
   */
  private static double inflation(double[][] features, double[] r) {
    double largest = 1;
    double square = Vectors.dot(r, r);
    for (double[] feature : features) {
      double[] product = feature.clone();
      for (int i = 0; i < product.length; i++) {
        product[i] *= r[i];
      }
      double independent = Vectors.dot(feature, feature) * square / r.length;
      largest = Math.max(largest, Vectors.dot(product, product) / Math.max(independent, 1e-300));
    }
    return largest;
  }

  private boolean tooMany(int g, int h) {
    int products = data.width(g) * data.width(h);
    return products > MOST_PRODUCTS || products > data.rows() / ROWS_A_PRODUCT;
  }

  private static Subspace with(double[][] columns, Subspace explained) {
    Subspace more = explained.copy();
    more.add(columns);
    return more;
  }

  /** Of the output where it is least. */
  private double logProbability(double[][] columns, Subspace explained) {
    List<double[]> added = explained.beyond(columns);
    double least = 0;
    for (double[] score : scores) {
      if (!added.isEmpty()) {
        least = Math.min(least, ChiSquared.logTail(statistic(added, score), added.size()));
      }
    }
    return least;
  }

  private static double statistic(List<double[]> added, double[] score) {
    double statistic = 0;
    for (double[] q : added) {
      double along = Vectors.dot(q, score);
      statistic += along * along;
    }
    return statistic;
  }

  /** None of a category, whose features are 0 or 1. */
  private double[][] squares(int g) {
    return data.isCategorical(g) ? new double[0][] : products(g, g);
  }

  private double[][] products(int g, int h) {
    List<double[]> products = new ArrayList<>();
    for (double[] a : first.columns(g)) {
      for (double[] b : first.columns(h)) {
        double[] product = a.clone();
        for (int i = 0; i < product.length; i++) {
          product[i] *= b[i];
        }
        products.add(product);
      }
    }
    return products.toArray(double[][]::new);
  }

  private static double[][] joined(double[][]... parts) {
    return Arrays.stream(parts).flatMap(Arrays::stream).toArray(double[][]::new);
  }
}
