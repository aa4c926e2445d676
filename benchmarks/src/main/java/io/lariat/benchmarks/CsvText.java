package io.lariat.benchmarks;

import io.lariat.data.Dataset;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/** Makes tables of numbers as CSV, and knows what they hold. */
public final class CsvText {
  /** The columns besides the target. */
  static final int FEATURES = 200;

  /** What the numbers look like. */
  public enum Kind {
    /** Six significant digits: {@code -0.473881}. */
    DECIMALS,
    /** All digits of a double: {@code -0.8076713082205018}. */
    DOUBLES,
    /** From 0 to 999. */
    INTEGERS,
    /** From 0 to 9. */
    DIGITS;

    private String number(SplittableRandom random) {
      return switch (this) {
        case DECIMALS -> significant(gaussian(random));
        case DOUBLES -> Double.toString(2 * random.nextDouble() - 1);
        case INTEGERS -> Integer.toString(random.nextInt(1000));
        case DIGITS -> Integer.toString(random.nextInt(10));
      };
    }
  }

  /** So many numbers, some of them equal, are drawn from. */
  private static final int NUMBERS = 1 << 16;

  private final byte[][] texts = new byte[NUMBERS][];
  private final double[] values = new double[NUMBERS];

  CsvText(Kind kind) {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < NUMBERS; i++) {
      String text = kind.number(random);
      texts[i] = text.getBytes(StandardCharsets.US_ASCII);
      values[i] = Double.parseDouble(text);
    }
  }

  private static double gaussian(SplittableRandom r) {
    return Math.sqrt(-2 * Math.log(1 - r.nextDouble())) * Math.cos(2 * Math.PI * r.nextDouble());
  }

  /** As printf's {@code %.6g}, but for numbers below a million. */
  private static String significant(double x) {
    int power = (int) Math.floor(Math.log10(Math.abs(x)));
    return power < -4
        ? String.format(Locale.ROOT, "%.5e", x)
        : String.format(Locale.ROOT, "%." + Math.max(0, 5 - power) + "f", x)
            .replaceAll("(\\.\\d*?)0+$", "$1");
  }

  /** Writes at least {@code bytes} to {@code path}; the number of rows. */
  int write(Path path, long bytes) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    int rows = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
      StringBuilder names = new StringBuilder();
      for (int j = 0; j < FEATURES; j++) {
        names.append('x').append(j).append(',');
      }
      out.write(names.append("y\n").toString().getBytes(StandardCharsets.US_ASCII));
      for (long written = names.length(); written < bytes; rows++) {
        for (int j = 0; j < FEATURES; j++) {
          byte[] text = texts[random.nextInt(NUMBERS)];
          out.write(text);
          out.write(',');
          written += text.length + 1;
        }
        out.write('0' + rows % 2);
        out.write('\n');
        written += 2;
      }
    }
    return rows;
  }

  /** Checks all that was read of a file of {@code rows} rows. */
  void verify(Dataset data, int rows) {
    SplittableRandom random = new SplittableRandom(7);
    boolean same = data.rows() == rows && data.features() == FEATURES;
    for (int i = 0; i < rows && same; i++) {
      for (int j = 0; j < FEATURES; j++) {
        same &= data.feature(i, j) == values[random.nextInt(NUMBERS)];
      }
      same &= data.target(i) == i % 2;
    }
    if (!same) {
      throw new AssertionError("the data read is not the data written");
    }
  }
}
