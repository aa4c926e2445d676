package io.lariat.cli.options;

import io.lariat.cli.words.Text;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/**
 * Reads an option value that is one of a few words, in upper or lower case.
 *
 * @param <T> what the words stand for
 */
public abstract class OneOf<T> implements ITypeConverter<T>, Iterable<String> {

  private final List<T> choices;

  /** Of {@code choices}. */
  public OneOf(List<T> choices) {
    this.choices = choices;
  }

  /** How {@code choice} is written: its name, in lower case. */
  protected String word(T choice) {
    return choice.toString().toLowerCase(Locale.ROOT);
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
    List<String> words = new ArrayList<>(); // without a lambda, as in Numbers
    for (T choice : choices) {
      words.add(word(choice));
    }
    return words;
  }

  /** The words, for help and for shells. */
  @Override
  public Iterator<String> iterator() {
    return words().iterator();
  }
}
