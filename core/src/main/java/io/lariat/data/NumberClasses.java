package io.lariat.data;

import io.lariat.internal.text.CellKind;
import io.lariat.internal.text.Excerpt;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The distinct numbers among the texts of a target, told apart as they are written and not as
 * doubles would hold them, in ascending order. Each is labelled by its most frequent text, of
 * equally frequent ones the first.
 */
final class NumberClasses {
  /** More distinct whole numbers than this are taken for a quantity, not for classes. */
  static final int MOST_INFERRED = 20;

  private final List<String> labels = new ArrayList<>();
  private final List<String> rewritten = new ArrayList<>();
  private final double[] classOf;
  private boolean isWhole = true;

  private NumberClasses(int texts) {
    classOf = new double[texts];
  }

  /**
   * Of texts that are numbers.
   *
   * @param texts by code
   * @param counts how many rows have each
   */
  static NumberClasses of(List<String> texts, int[] counts) {
    SortedMap<BigDecimal, List<Integer>> codes = new TreeMap<>();
    for (int code = 0; code < counts.length; code++) {
      BigDecimal number = exact(texts.get(code));
      List<Integer> same = codes.computeIfAbsent(number, n -> new ArrayList<>());
      same.add(code);
    }
    NumberClasses classes = new NumberClasses(counts.length);
    codes.forEach((number, same) -> classes.add(number, same, texts, counts));
    return classes;
  }

  /** The number that a plain decimal text says. */
  static BigDecimal exact(String text) {
    // A zero's exponent may be greater than a BigDecimal takes.
    boolean isZero = CellKind.parse(text.toCharArray(), 0, text.length()) == 0;
    return isZero ? BigDecimal.ZERO : new BigDecimal(text);
  }

  private void add(BigDecimal number, List<Integer> codes, List<String> texts, int[] counts) {
    int best = codes.getFirst();
    for (int code : codes) {
      classOf[code] = labels.size();
      best = counts[code] > counts[best] ? code : best;
    }
    String label = texts.get(best);
    for (int code : codes) {
      if (code != best) {
        rewritten.add(
            String.format(
                Locale.ROOT,
                "%s is also written %s",
                Excerpt.of(label),
                Excerpt.of(texts.get(code))));
      }
    }
    labels.add(label);
    isWhole &= number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  /** The classes' labels. */
  List<String> labels() {
    return labels;
  }

  /** For each code the number of its class. */
  double[] classOf() {
    return Arrays.copyOf(classOf, classOf.length);
  }

  /** Which labels are written in another way too, each in a few words. */
  List<String> rewritten() {
    return rewritten;
  }

  /**
   * The task that they suggest: two distinct whole numbers are {@link Task#BINARY}, up to {@value
   * #MOST_INFERRED} {@link Task#MULTICLASS}, all else {@link Task#REGRESSION}.
   */
  Task infer() {
    if (!isWhole || labels.size() > MOST_INFERRED) {
      return Task.REGRESSION;
    }
    return labels.size() == 2 ? Task.BINARY : Task.MULTICLASS;
  }
}
