package io.lariat.reference;

import io.lariat.backend.Checks;
import io.lariat.backend.Penalty;
import io.lariat.backend.RowGroups;
import java.util.ArrayList;
import java.util.List;

/**
 * A group of a kernel's rows: its elements {@code from} (included) to {@code to} (excluded) in
 * row-major order, and its penalty {@code l1 * sum |w| + l2 * sum w^2 + norm * ||w||}.
 */
record ScalarGroup(int from, int to, double l1, double l2, double norm) {

  /** The groups under {@code penalty}, their starts checked. */
  static List<ScalarGroup> all(
      RowGroups groups, HeapIndices starts, View factors, Penalty penalty, int units) {
    boolean isRight = starts.at(0) == 0 && starts.at(groups.count()) == groups.rows();
    for (int i = 0; i < groups.count() && isRight; i++) {
      isRight = starts.at(i) < starts.at(i + 1);
    }
    if (!isRight) {
      throw Checks.starts(groups);
    }
    List<ScalarGroup> all = new ArrayList<>();
    for (int i = 0; i < groups.count(); i++) {
      double f = factors.at(i);
      double norm = f * penalty.group() * Math.sqrt(starts.at(i + 1) - starts.at(i));
      all.add(
          new ScalarGroup(
              starts.at(i) * units,
              starts.at(i + 1) * units,
              f * penalty.l1(),
              f * penalty.l2(),
              norm));
    }
    return all;
  }

  /** All elements of {@code w} under a penalty without a group part. */
  static ScalarGroup whole(View w, Penalty penalty) {
    return new ScalarGroup(0, w.size(), penalty.l1(), penalty.l2(), 0);
  }

  /** The number of weights. */
  int size() {
    return to - from;
  }

  /** Whether it has no penalty. */
  boolean isFree() {
    return l1 == 0 && l2 == 0 && norm == 0;
  }

  /** {@code ||w||}. */
  double normOf(View w) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += w.at(i) * w.at(i);
    }
    return Math.sqrt(squares);
  }

  /** The penalty on {@code w}. */
  double penaltyOn(View w) {
    double absolutes = 0;
    for (int i = from; i < to; i++) {
      absolutes += Math.abs(w.at(i));
    }
    double root = normOf(w);
    return l1 * absolutes + l2 * root * root + norm * root;
  }
}
