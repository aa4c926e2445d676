package io.lariat.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Features that nearly repeat each other. */
final class Collinearity {
  /** From this correlation on, one feature can stand in for the other. */
  static final double STRONG = 0.95;

  private Collinearity() {}

  /**
   * The groups of columns that a chain of strong correlations connects, the largest first; columns
   * of one group, and groups of one size, in their order.
   *
   * @param owner the table's column that each of {@code columns} is of; the categories of one
   *     column exclude each other, which is no finding
   */
  static List<List<Integer>> groups(Columns columns, int[] owner) {
    int n = columns.count();
    int[] root = new int[n];
    for (int k = 0; k < n; k++) {
      root[k] = k;
    }
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        if (owner[a] != owner[b] && Math.abs(columns.correlation(a, b)) >= STRONG) {
          union(root, a, b);
        }
      }
    }
    List<List<Integer>> byRoot = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      byRoot.add(new ArrayList<>());
    }
    for (int k = 0; k < n; k++) {
      byRoot.get(find(root, k)).add(k);
    }
    return byRoot.stream()
        .filter(group -> group.size() > 1)
        .sorted(Comparator.comparingInt((List<Integer> group) -> -group.size()))
        .toList();
  }

  /** The smaller number becomes the root, so that the order of a group does not vary. */
  private static void union(int[] root, int a, int b) {
    int first = find(root, a);
    int second = find(root, b);
    root[Math.max(first, second)] = Math.min(first, second);
  }

  private static int find(int[] root, int k) {
    int at = k;
    while (root[at] != at) {
      root[at] = root[root[at]];
      at = root[at];
    }
    return at;
  }
}
