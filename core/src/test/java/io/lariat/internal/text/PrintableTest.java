package io.lariat.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("D23")
class PrintableTest {

  @ParameterizedTest
  @CsvSource({
    "0000, \\u0000",
    "0007, \\u0007",
    "0009, \\t",
    "000a, \\n",
    "000d, \\r",
    "001b, \\u001b",
    "007f, \\u007f",
    "0085, \\u0085",
    "009b, \\u009b",
    "00ad, \\u00ad",
    "061c, \\u061c",
    "200b, \\u200b",
    "200e, \\u200e",
    "200f, \\u200f",
    "2028, \\u2028",
    "2029, \\u2029",
    "202a, \\u202a",
    "202e, \\u202e",
    "2060, \\u2060",
    "2066, \\u2066",
    "2069, \\u2069",
    "d83d, \\ud83d",
    "feff, \\ufeff",
    "e0041, \\u{e0041}"
  })
  void whatActsOnAScreenIsShownByItsNumber(String codePoint, String shown) {
    String character = Character.toString(Integer.parseInt(codePoint, 16));
    assertThat(Printable.of("a" + character + "b")).isEqualTo("a" + shown + "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mean radius",
        "größe",
        "年齢",
        "\u0639\u0645\u0631",
        "\u0645\u06cc\u200c\u0634\u0648\u062f",
        "\ud83d\udc69\u200d\ud83d\udd2c",
        "C:\\new\\table"
      })
  void whatIsPrintedStays(String text) {
    assertThat(Printable.of(text)).isSameAs(text);
  }

  @Test
  void anExcerptIsCutBetweenCharacters() {
    String emoji = "\ud83d\ude00";
    assertThat(Excerpt.of(emoji.repeat(40))).isEqualTo("'" + emoji.repeat(40) + "'");
    assertThat(Excerpt.of(emoji.repeat(41))).isEqualTo("'" + emoji.repeat(40) + "...'");
    assertThat(Excerpt.of("a\u202e\u001b[2J")).isEqualTo("'a\\u202e\\u001b[2J'");
  }
}
