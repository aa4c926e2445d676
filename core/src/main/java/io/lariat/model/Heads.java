package io.lariat.model;

import io.lariat.backend.Loss;
import io.lariat.data.Task;
import java.util.List;
import java.util.function.Predicate;

/** Every {@link Head}, to be found by what is known of it. */
public final class Heads {
  private static final List<Head> ALL =
      List.of(new BinaryHead(), new MulticlassHead(), new NumberHead());

  private Heads() {}

  /** Every head, the usual one of a task before others of it. */
  public static List<Head> all() {
    return ALL;
  }

  /** The usual head for a task. */
  public static Head of(Task task) {
    return first(head -> head.task() == task);
  }

  /** The head that is trained by {@code loss}. */
  public static Head of(Loss loss) {
    return first(head -> head.loss().equals(loss));
  }

  private static Head first(Predicate<Head> condition) {
    return ALL.stream().filter(condition).findFirst().orElseThrow();
  }
}
