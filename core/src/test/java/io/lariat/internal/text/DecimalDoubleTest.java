package io.lariat.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick reading of numbers against {@link Float#parseFloat}. */
class DecimalDoubleTest {
  private static final int MANY = 100_000;

  private final DecimalDouble numerals = new DecimalDouble();

  private double read(String text) {
    return numerals.read(text.toCharArray(), 0, text.length());
  }

  /** Checks both the quick reading, where it is sure, and the whole; whether it was sure. */
  private boolean check(String text) {
    long expected = Double.doubleToRawLongBits(Double.parseDouble(text));
    double quick = read(text);
    if (!Double.isNaN(quick)) {
      assertThat(numerals.end()).as(text).isEqualTo(text.length());
      assertThat(Double.doubleToRawLongBits(quick)).as(text).isEqualTo(expected);
    }
    double whole = CellKind.parse(text.toCharArray(), 0, text.length());
    double number = Double.longBitsToDouble(expected);
    boolean isLost = number == 0 && text.matches("[^eE]*[1-9].*");
    if (Double.isFinite(number) && !isLost) {
      assertThat(Double.doubleToRawLongBits(whole)).as(text).isEqualTo(expected);
    } else {
      assertThat(whole).as(text).isNaN();
    }
    return !Double.isNaN(quick);
  }

  private void checkMany(long seed, Function<Random, String> numeral, double leastSure) {
    Random random = new Random(seed);
    int sure = 0;
    for (int i = 0; i < MANY; i++) {
      sure += check(numeral.apply(random)) ? 1 : 0;
    }
    assertThat((double) sure / MANY).isGreaterThanOrEqualTo(leastSure);
  }

  private static String sign(Random random) {
    return List.of("", "", "-", "+").get(random.nextInt(4));
  }

  private static String digits(Random random, int most) {
    StringBuilder digits = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      digits.append((char) ('0' + random.nextInt(random.nextInt(4) == 0 ? 1 : 10)));
    }
    return digits.toString();
  }

  @Test
  void readsWhatTablesHold() {
    // One in 2^26 is too near to a point halfway between floats to be sure.
    checkMany(
        1, r -> String.format(Locale.ROOT, "%.6f", r.nextGaussian() * r.nextInt(10_000)), 0.999);
    checkMany(2, r -> Integer.toString(r.nextInt()), 1);
    checkMany(3, r -> Double.toString(1 + r.nextDouble()), 0.999);
    checkMany(4, r -> Float.toString(r.nextFloat() * 100), 0.999);
    checkMany(5, r -> String.format(Locale.ROOT, "%.5e", r.nextGaussian()), 0.999);
  }

  @Test
  void readsWhateverIsANumeral() {
    checkMany(
        6,
        r -> {
          String whole = digits(r, 24);
          String fraction = r.nextBoolean() ? "." + digits(r, 24) : "";
          String digit = (whole + fraction).chars().anyMatch(c -> c != '.') ? "" : "7";
          String exponent = r.nextBoolean() ? "" : List.of("e", "E").get(r.nextInt(2));
          String power = exponent.isEmpty() ? "" : sign(r) + r.nextInt(r.nextBoolean() ? 12 : 400);
          return sign(r) + digit + whole + fraction + exponent + power;
        },
        0.1);
  }

  @Test
  void readsEveryKindOfFloat() {
    checkMany(
        7,
        r -> {
          float any = Float.intBitsToFloat(r.nextInt());
          return Float.isFinite(any) ? Float.toString(any) : "0";
        },
        0.1);
    checkMany(8, r -> Float.toString(Float.intBitsToFloat(r.nextInt(1 << 23))), 0);
  }

  @Test
  void roundsHalfwayCasesAsTheLibraryDoes() {
    Random random = new Random(9);
    for (int i = 0; i < MANY / 10; i++) {
      float below = Math.abs(Float.intBitsToFloat(random.nextInt()));
      if (!Float.isFinite(below) || below == Float.MAX_VALUE) {
        continue;
      }
      BigDecimal halfway =
          new BigDecimal(below)
              .add(new BigDecimal(Math.nextUp(below)))
              .divide(BigDecimal.valueOf(2));
      String text = random.nextBoolean() ? halfway.toPlainString() : halfway.toString();
      check(text);
      check("-" + text);
      if (text.contains(".") && !text.contains("E")) {
        check(text + "1");
        check(text.substring(0, text.length() - 1));
      }
    }
  }

  @Test
  void roundsShortHalfwayCasesAsTheLibraryDoes() {
    // Halfway between neighbours near 2^24 to 2^30, and a little beside: few digits, so the quick
    // reading sees all of them.
    Random random = new Random(10);
    for (int i = 0; i < MANY; i++) {
      int shift = 1 + random.nextInt(6);
      long halfway = ((1L << 23) + random.nextInt(1 << 23)) * 2 + 1;
      long value = halfway << (shift - 1);
      for (String text :
          new String[] {
            Long.toString(value),
            value + ".0",
            value + ".0000001",
            value - 1 + ".9999999",
            value + "0e-1",
            Long.toString(value + random.nextInt(3) - 1)
          }) {
        check(text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        ".",
        "-.",
        "e",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "1E-",
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        " 1",
        "--1",
        "+-1",
        "x1",
        "_1",
        ",1",
        "1234567890123456789",
        "1e0005",
        "1e23",
        "1e-23",
        "9e38",
        "\"1\""
      })
  void leavesAllElse(String text) {
    assertThat(read(text)).isNaN();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0x1p3|0|1",
        "1_000|1|1",
        "2.5f|2.5|3",
        "1d|1|1",
        "1.2.3|1.2|3",
        "12%|12|2",
        "-5 |-5|2",
        "1e5e|100000|3",
        "1,5|1|1",
        "1-2|1|1",
        "5.|5|2"
      },
      ignoreLeadingAndTrailingWhitespace = false)
  void stopsBehindTheNumeral(String text, double expected, int end) {
    assertThat(read(text)).isEqualTo(expected);
    assertThat(numerals.end()).isEqualTo(end);
  }
}
