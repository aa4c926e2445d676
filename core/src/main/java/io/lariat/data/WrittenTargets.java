package io.lariat.data;

import io.lariat.internal.rows.RowBlocks;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Target numbers one after the other, with the texts that say them as long as these are few. */
final class WrittenTargets {
  private final RowBlocks numbers = new RowBlocks(1);
  private final TextCodes texts = new TextCodes(ClassLabels.MOST);
  private @Nullable RowBlocks codes = new RowBlocks(1);

  /** Takes the next row's. */
  void add(double number, String text) {
    numbers.add(number);
    if (codes == null) {
      return;
    }
    char[] chars = text.toCharArray();
    int code = texts.find(chars, 0, chars.length);
    if (code < 0) {
      code = texts.add(text);
    }
    if (code < 0) {
      codes = null;
    } else {
      Objects.requireNonNull(codes).add(code);
    }
  }

  /**
   * What they mean.
   *
   * @param task null: inferred
   * @throws DataException if they do not suit the task
   */
  TargetInference.Encoded finish(String name, @Nullable Task task) {
    if (codes == null) {
      numbers.trim();
      return TargetInference.ofMany(name, task, numbers);
    }
    codes.trim();
    return TargetInference.ofTexts(name, task, texts.texts(), codes);
  }
}
