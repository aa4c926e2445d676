package io.lariat.cli.options;

import io.lariat.cli.words.Text;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;

/**
 * Reads an option value that is one of a few words, in upper or lower case.
 *
 * @param <T> what the words stand for
 */
public abstract class OneOf<T> implements ITypeConverter<T>, Iterable<String> {

  private final List<T> choices;
  private final Function<T, String> word;

  /** Of {@code choices}, each written as {@code word} says. */
  public OneOf(List<T> choices, Function<T, String> word) {
    this.choices = choices;
    this.word = word;
  }

  @Override
  public T convert(String value) {
    List<String> words = words();
    int at = words.indexOf(value.strip().toLowerCase(Locale.ROOT));
    if (at < 0) {
      throw Numbers.unexpected(Text.list(words, "or"), value);
    }
    return choices.get(at);
  }

  private List<String> words() {
    return choices.stream().map(word).toList();
  }

  /** The words, for help and for shells. */
  @Override
  public Iterator<String> iterator() {
    return words().iterator();
  }
}
