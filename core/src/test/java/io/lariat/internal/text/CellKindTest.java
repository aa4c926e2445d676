package io.lariat.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellKindTest {

  private static double parse(String text) {
    return CellKind.parse(("xx" + text + "yy").toCharArray(), 2, 2 + text.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "7",
        "007",
        "+5",
        "-1.5",
        ".5",
        "5.",
        "1e3",
        "1E+03",
        "1e-300",
        "0e-400",
        "999999999",
        "1234567890123",
        "3.4028235e38",
        "0.1000000000000000055511151231257827"
      })
  void readsPlainDecimalNotation(String text) {
    assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
  }

  @Test
  void readsTheNearestDouble() {
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(parse(Double.toString(value))).isEqualTo(value);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1e309|TOO_LARGE
          -1e400|TOO_LARGE
          1e-400|TOO_SMALL
          -0.01E-399|TOO_SMALL
          NaN|NOT_FINITE
          nan|NOT_FINITE
          -Infinity|NOT_FINITE
          +inf|NOT_FINITE
          NA|MISSING
          n/a|MISSING
          NULL|MISSING
          None|MISSING
          ?|MISSING
          -|MISSING
          0x10|OTHER_NOTATION
          0x1p3|OTHER_NOTATION
          1d|TEXT
          1.5F|OTHER_NOTATION
          1,5|OTHER_NOTATION
          1_000|OTHER_NOTATION
          12%|OTHER_NOTATION
          1e|TEXT
          1-2|TEXT
          2020-01-31|DATE
          e|TEXT
          +|TEXT
          x1|TEXT
          ١٢|OTHER_NOTATION
          """)
  void tellsTheOtherKindsApart(String text, CellKind kind) {
    assertThat(parse(text)).isNaN();
    assertThat(CellKind.ofOdd(text)).isEqualTo(kind);
  }
}
