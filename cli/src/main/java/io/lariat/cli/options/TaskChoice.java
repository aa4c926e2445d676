package io.lariat.cli.options;

import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Head;
import io.lariat.model.Heads;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --task} says.
 *
 * @param head what the outputs are for; null: what the target looks like
 */
record TaskChoice(@Nullable Head head) {

  /** The target's task; null: what it looks like. */
  @Nullable Task task() {
    return head == null ? null : head.task();
  }

  /** The head for {@code data}. */
  Head headFor(Dataset data) {
    return head == null ? Heads.of(data.task()) : head;
  }

  /** How it is written on the command line. */
  String word() {
    return head == null ? "auto" : head.toString();
  }

  private String name() {
    return head == null ? "auto" : head.name();
  }

  private static List<TaskChoice> all() {
    List<TaskChoice> all = new ArrayList<>();
    all.add(new TaskChoice(null));
    Heads.all().forEach(head -> all.add(new TaskChoice(head)));
    return all;
  }

  /** Reads the word. */
  static final class Converter extends OneOf<TaskChoice> {
    Converter() {
      super(all());
    }

    @Override
    protected String word(TaskChoice choice) {
      return choice.name();
    }

    /** A head, after which a colon and the number of its loss may stand: {@code huber:1.35}. */
    @Override
    public TaskChoice convert(String value) {
      int colon = value.indexOf(':');
      if (colon < 0) {
        return super.convert(value);
      }
      TaskChoice choice = super.convert(value.substring(0, colon));
      double number = new Numbers.Finite().convert(value.substring(colon + 1));
      if (choice.head == null) {
        throw new TypeConversionException("auto has no number, found '" + value + "'");
      }
      try {
        return new TaskChoice(choice.head.with(number));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
