package io.lariat.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Draws tables of the kinds that go wrong in the field, each by its seed alone. */
final class TableKinds {
  private static final List<String> NAMES =
      List.of("a", "b c", "größe", "x,y", "q\"q", "id", "7", "=1+1", "日付", " pad");

  private final Random random;
  private final int rows;
  private final boolean libsvm;

  private TableKinds(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
    random.nextLong();
    rows = random.nextInt(8) == 0 ? 3 + random.nextInt(12) : 15 + random.nextInt(286);
    libsvm = random.nextInt(6) == 0;
  }

  /** The table of {@code seed}. */
  static Table of(long seed) {
    return new TableKinds(seed).draw();
  }

  private Table draw() {
    int features = 1 + random.nextInt(6);
    List<double[]> numbers = new ArrayList<>();
    List<List<String>> columns = new ArrayList<>();
    for (int j = 0; j < features; j++) {
      if (!libsvm && random.nextInt(6) == 0) {
        columns.add(texts());
        numbers.add(gaussians());
      } else {
        double[] values = numbers(numbers);
        numbers.add(values);
        columns.add(written(values));
      }
    }
    double[] signal = signal(numbers);
    List<String> target = target(signal);
    columns.add(target);
    List<List<String>> cells =
        IntStream.range(0, rows)
            .mapToObj(i -> columns.stream().map(column -> column.get(i)).toList())
            .toList();
    return new Table(names(features), cells, task, style());
  }

  private String task = "auto";

  private List<String> names(int features) {
    List<String> names = new ArrayList<>();
    for (int j = 0; j <= features; j++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      String distinct = names.contains(name) || libsvm ? name + j : name;
      names.add(libsvm && j == features ? "label" : j == features ? "y" : distinct);
    }
    return names;
  }

  private FileStyle style() {
    return new FileStyle(
        random.nextInt(4) == 0 ? "\r\n" : "\n",
        random.nextInt(6) == 0,
        random.nextInt(3) == 0 ? random.nextDouble() : 0,
        !libsvm && random.nextInt(3) == 0 ? 0.1 : 0,
        random.nextInt(8) == 0,
        libsvm,
        random.nextLong());
  }

  private double[] gaussians() {
    return random.doubles(rows, 0, 1).map(u -> random.nextGaussian()).toArray();
  }

  /** A numeric column; {@code before} are those that it may repeat. */
  private double[] numbers(List<double[]> before) {
    double[] z = gaussians();
    double[] other = before.isEmpty() ? z : before.get(random.nextInt(before.size()));
    int kind = random.nextInt(18);
    double constant = List.of(0.0, 14.62, -1e7, 1.0).get(random.nextInt(4));
    double[] column = new double[rows];
    for (int i = 0; i < rows; i++) {
      column[i] =
          switch (kind) {
            case 0 -> constant;
            case 1 -> other[i];
            case 2 -> other[i] * (1 + 1e-7 * z[i]);
            case 3 -> 1.8 * other[i] + 32;
            case 4 -> 1_700_000_000 + i; // seconds
            case 5 -> 1_700_000_000_000L + 60_000L * i; // milliseconds
            case 6 -> 1e11 + z[i];
            case 7 -> i % 37 == 5 ? 1 : 0; // rare
            case 8 -> i; // sorted
            case 9 -> rows - i;
            case 10 -> 1e30 * z[i];
            case 11 -> 1e-30 * z[i];
            case 12 -> Math.exp(3 * z[i]);
            case 13 -> Math.rint(3 * z[i]);
            case 14 -> 5e5 + 0.01 * z[i]; // metres on a map
            default -> z[i];
          };
    }
    return column;
  }

  private List<String> written(double[] values) {
    Notation[] notations = Notation.values();
    boolean mixed = random.nextInt(4) == 0;
    Notation one = random.nextInt(2) == 0 ? Notation.SHORTEST : any(notations);
    return IntStream.range(0, rows)
        .mapToObj(i -> (mixed ? any(notations) : one).write(values[i]))
        .toList();
  }

  private Notation any(Notation[] notations) {
    return notations[random.nextInt(notations.length)];
  }

  private List<String> texts() {
    int levels = 1 + random.nextInt(6);
    List<String> stems = List.of("red", "blå", "a b", "x,y", "\"q\"", "01", "L-");
    String stem = stems.get(random.nextInt(stems.size()));
    return IntStream.range(0, rows).mapToObj(i -> stem + "k" + random.nextInt(levels)).toList();
  }

  /** What the target follows: two columns on the scale of their own, and chance. */
  private double[] signal(List<double[]> columns) {
    double[] signal = gaussians();
    for (double[] column : columns.subList(0, Math.min(2, columns.size()))) {
      double min = min(column);
      double range = -min(negated(column)) - min;
      for (int i = 0; i < rows; i++) {
        signal[i] += range > 0 ? 4 * ((column[i] - min) / range - 0.5) : 0;
      }
    }
    return signal;
  }

  private static double min(double[] values) {
    double min = values[0];
    for (double value : values) {
      min = Math.min(min, value);
    }
    return min;
  }

  private static double[] negated(double[] values) {
    return java.util.Arrays.stream(values).map(v -> -v).toArray();
  }

  private List<String> target(double[] signal) {
    int kind = random.nextInt(libsvm ? 6 : 9);
    if (kind < 3) {
      double offset = List.of(0.0, 1e5, 1e8, 1.7e9).get(random.nextInt(4));
      double scale = List.of(1.0, 1e-3, 1e6).get(random.nextInt(3));
      task = random.nextInt(3) == 0 ? "auto" : "regression";
      double[] values = new double[rows];
      for (int i = 0; i < rows; i++) {
        values[i] = offset + scale * signal[i];
      }
      return written(values);
    }
    int classes = random.nextInt(3) == 0 ? 3 + random.nextInt(6) : 2;
    double rare = random.nextInt(4) == 0 ? 1.8 : 0.3;
    List<String> labels = labels(kind, classes);
    return IntStream.range(0, rows)
        .mapToObj(i -> labels.get(Math.clamp((int) Math.floor(signal[i] / rare), 0, classes - 1)))
        .toList();
  }

  private List<String> labels(int kind, int classes) {
    int first = List.of(0, 1, 20240101, 16777216, 123456789).get(random.nextInt(5));
    boolean zeros = random.nextBoolean();
    return IntStream.range(0, classes)
        .mapToObj(
            k ->
                switch (kind) {
                  case 3, 4 -> Integer.toString(first + k);
                  case 5 -> libsvm ? Integer.toString(k) : k + ".0";
                  case 6 -> (zeros ? "00" : "0") + (k + 1);
                  case 7 -> "klass " + (char) ('a' + k);
                  default -> "\"" + k + "\", ja";
                })
        .toList();
  }
}
