package io.lariat.tables;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as texts, the target last.
 *
 * @param names of the columns
 * @param rows the cells of each row
 * @param task what {@code --task} says; auto leaves it to the program
 * @param style how it is written
 */
record Table(List<String> names, List<List<String>> rows, String task, FileStyle style) {

  int columns() {
    return names.size();
  }

  String target() {
    return names.getLast();
  }

  /** The cells of a column. */
  List<String> column(int j) {
    return rows.stream().map(row -> row.get(j)).toList();
  }

  List<String> targets() {
    return column(columns() - 1);
  }

  /** With the rows from {@code from} to before {@code to} alone left out. */
  Table withoutRows(int from, int to) {
    List<List<String>> left = new ArrayList<>(rows.subList(0, from));
    left.addAll(rows.subList(to, rows.size()));
    return new Table(names, left, task, style);
  }

  /** Without feature {@code j}. */
  Table withoutColumn(int j) {
    return new Table(
        without(names, j), rows.stream().map(row -> without(row, j)).toList(), task, style);
  }

  private static List<String> without(List<String> all, int j) {
    List<String> left = new ArrayList<>(all);
    left.remove(j);
    return left;
  }

  /** The same in a plain file. */
  Table plain() {
    return new Table(names, rows, task, new FileStyle("\n", false, 0, 0, false, style.libsvm(), 0));
  }
}
