package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCodesTest {
  private static final String LETTERS = "abAZ019 -.,\"\u00e4\u65e5\u0001";

  private static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    text.append("a9Z.\u65e5,".charAt(random.nextInt(6)));
    for (int i = random.nextInt(most); i > 0; i--) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8})
  void findsWhatWasAddedAndNothingElse(int longest) {
    Random random = new Random(longest);
    TextCodes codes = new TextCodes(1000);
    List<String> known = new ArrayList<>();
    for (int n = 0; n < 20_000; n++) {
      String text = text(random, longest);
      int expected = known.indexOf(text);
      String padded = "xy" + text + "z";
      assertThat(codes.find(padded.toCharArray(), 2, 2 + text.length()))
          .as(text)
          .isEqualTo(expected);
      if (expected < 0 && random.nextInt(5) == 0) {
        int code = codes.add(text);
        assertThat(code).isEqualTo(known.size() < 1000 ? known.size() : -1);
        if (code >= 0) {
          known.add(text);
        }
      }
    }
    assertThat(codes.texts()).isEqualTo(known);
  }
}
