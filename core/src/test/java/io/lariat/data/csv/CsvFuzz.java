package io.lariat.data.csv;

import io.lariat.fuzz.FuzzFile;
import java.nio.file.Path;
import java.util.Arrays;

/** CSV of any bytes: lines read without the CSV parser and with it alone are the same table. */
public final class CsvFuzz {
  private static final int NO_LINES = -1;
  private static final int ALL_LINES = 1 << 20;

  private CsvFuzz() {}

  /** Reads {@code input}, compressed or not, in several ways. */
  public static void fuzzerTestOneInput(byte[] input) {
    Path file = FuzzFile.of(".csv", input);
    int room = 4 + Math.floorMod(Arrays.hashCode(input), 60);
    String expected = CsvPathsTest.outcome(file, 1 << 12, NO_LINES);
    String found = CsvPathsTest.outcome(file, room, ALL_LINES);
    if (!found.equals(expected)) {
      throw new AssertionError("with room " + room + ": " + found + "; the parser: " + expected);
    }
  }
}
