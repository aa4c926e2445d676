package io.lariat.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The formulas in double. */
class ActivationTest {

  private static double slopeAt(Activation f, double x) {
    return f.slope(f.needs() == Activation.Argument.INPUT ? x : f.value(x));
  }

  /**
   * Values and derivatives by mpmath 1.3 with 50 digits, from {@code x erfc(-x / sqrt 2) / 2},
   * {@code x / (1 + exp(-x))} and {@code expm1(x)}.
   */
  @ParameterizedTest
  @CsvSource({
    "GELU, -30.0, -1.4720141781444561e-196, -4.4160316907084944e-195",
    "GELU, -8.0, -4.9767684594174273e-15, -3.979607261086796e-14",
    "GELU, -3.0, -0.0040496940948902836, -0.011945647204183927",
    "GELU, -1.0, -0.15865525393145705, -0.083315470587686298",
    "GELU, -0.5, -0.15426876936299345, 0.13250487534383716",
    "GELU, 0.25, 0.14967658142073093, 0.69537335488363603",
    "GELU, 0.625, 0.45875904434456217, 0.93911507629528386",
    "GELU, 1.0, 0.84134474606854295, 1.0833154705876863",
    "GELU, 4.0, 3.9998733150326675, 1.0005036496612264",
    "GELU, 7.0, 6.9999999999910413, 1.0000000000626632",
    "SILU, -30.0, -2.8072868906517897e-12, -2.713710660963134e-12",
    "SILU, -8.0, -0.0026828010437318248, -0.0023465512355853157",
    "SILU, -3.0, -0.14227761953270034, -0.088104106015169617",
    "SILU, -1.0, -0.26894142136999512, 0.072329488128513268",
    "SILU, -0.5, -0.18877033439907272, 0.26003881269734819",
    "SILU, 0.25, 0.14054412522144953, 0.62371002157019769",
    "SILU, 0.625, 0.4070967904162839, 0.7932871802547545",
    "SILU, 1.0, 0.73105857863000488, 0.92767051187148673",
    "SILU, 4.0, 3.9280551601516338, 1.0526646148910729",
    "SILU, 7.0, 6.9936226416391955, 1.0054604970664521",
    "ELU, -30.0, -0.99999999999990642, 9.3576229688401746e-14",
    "ELU, -8.0, -0.99966453737209749, 0.00033546262790251184",
    "ELU, -3.0, -0.95021293163213606, 0.049787068367863943",
    "ELU, -1.0, -0.63212055882855768, 0.36787944117144232",
    "ELU, -0.5, -0.39346934028736658, 0.60653065971263342",
    "ELU, 0.25, 0.25, 1.0",
    "LEAKY_RELU, -3.0, -0.6, 0.2",
    "LEAKY_RELU, 4.0, 4.0, 1.0"
  })
  void isWhatMoreDigitsGive(Activation f, double x, double value, double slope) {
    // exp, the tail to 1e-15 of itself, and a few operations
    assertThat(f.value(x)).isCloseTo(value, within(2e-15 * Math.abs(value)));
    // the slope's terms may cancel by 4, and an output is rounded before
    double ofOutput = f.needs() == Activation.Argument.OUTPUT ? 0x1p-53 : 0;
    assertThat(slopeAt(f, x)).isCloseTo(slope, within(8e-15 * Math.abs(slope) + ofOutput));
  }

  /** In the far tail a value is tiny, not NaN, and from infinity comes the limit; exp has none. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EXP", "SOFTMAX"})
  void farOutIsTheLimit(Activation f) {
    double infinity = Double.POSITIVE_INFINITY;
    for (double x : new double[] {60, 750, 1e5, 1e38, Double.MAX_VALUE, infinity}) {
      if (f != Activation.SIGMOID && f != Activation.TANH) {
        assertThat(f.value(x)).as("f(%s)", x).isEqualTo(x);
      }
      assertThat(slopeAt(f, x)).as("f'(%s)", x).isEqualTo(slopeAt(f, 100));
      assertThat(slopeAt(f, -x)).as("f'(%s)", -x).isCloseTo(slopeAt(f, -750), within(1e-15));
    }
    if (f != Activation.IDENTITY && f != Activation.LEAKY_RELU) {
      assertThat(f.value(-infinity)).isEqualTo(f.value(-1e38));
    }
    assertThat(f.value(Double.NaN)).isNaN();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
  void slopesAreThoseOfFiniteDifferences(Activation f) {
    double h = 1e-5;
    for (double x = -9.05; x < 9; x += 0.1) { // not at 0, where there may be a kink
      double difference = (f.value(x + h) - f.value(x - h)) / (2 * h);
      // h^2 of the third derivative, and the values' rounding over 2 h
      assertThat(slopeAt(f, x))
          .as("at %s", x)
          .isCloseTo(difference, within(5e-10 * Math.max(1, Math.abs(difference))));
    }
  }

  /** A smooth activation has one slope at 0, the others two. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
  void saysWhetherItHasAKink(Activation f) {
    double h = 1e-6;
    double right = (f.value(h) - f.value(0)) / h;
    double left = (f.value(0) - f.value(-h)) / h;
    assertThat(Math.abs(right - left) > 1e-3).isEqualTo(f.hasKink());
  }

  @ParameterizedTest
  @EnumSource
  void ofFloatsIsThatOfDoublesRounded(Activation f) {
    double[] x = DoubleStream.iterate(-4, v -> v + 0.125).limit(65).toArray();
    float[] floats = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      floats[i] = (float) x[i];
    }
    f.apply(x, x.length);
    f.apply(floats, floats.length);
    double[] rounded = Arrays.stream(x).map(v -> (float) v).toArray();
    for (int i = 0; i < x.length; i++) {
      assertThat((double) floats[i]).as("%d", i).isEqualTo(rounded[i]);
    }
  }
}
