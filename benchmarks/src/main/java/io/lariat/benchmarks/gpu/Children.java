package io.lariat.benchmarks.gpu;

import io.lariat.benchmarks.gpu.Contender.Side;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The processes, one for each side and precision, started when they are first needed. */
final class Children implements AutoCloseable {

  /** Says how a side's process is started. */
  interface Commands {
    /** The command, or null if there is no such side. */
    @Nullable List<String> of(Side side, Precision precision);
  }

  private record Key(Side side, Precision precision) {}

  private final Commands commands;
  private final Path logs;
  private final Map<Key, Child> running = new HashMap<>();
  private final Map<Key, String> failedStarts = new HashMap<>();
  private final Set<String> descriptions = new LinkedHashSet<>();

  /** Their standard errors go to files in {@code logs}. */
  Children(Commands commands, Path logs) {
    this.commands = commands;
    this.logs = logs;
  }

  /** The process of a side; started anew if the last one has ended, but not if it never started. */
  Child of(Side side, Precision precision) throws ChildException {
    Key key = new Key(side, precision);
    Child child = running.get(key);
    if (child == null) {
      child = start(key);
      running.put(key, child);
      descriptions.add(precision.word + ": " + child.description());
    }
    return child;
  }

  private Child start(Key key) throws ChildException {
    List<String> command = commands.of(key.side, key.precision);
    String failure = command == null ? "not asked for" : failedStarts.get(key);
    if (failure != null) {
      throw new ChildException(failure, true);
    }
    String log = key.side.name().toLowerCase(Locale.ROOT) + "-" + key.precision.word + ".log";
    try {
      return Child.start(Objects.requireNonNull(command), logs.resolve(log));
    } catch (ChildException e) {
      failedStarts.put(key, e.reason());
      throw e;
    }
  }

  /** Starts all that there are in a precision, so that no case pays for it. */
  void start(Precision precision) {
    for (Side side : Side.values()) {
      if (has(side, precision)) {
        try {
          of(side, precision);
        } catch (ChildException e) {
          System.err.println(side + ": " + e.reason()); // the table says it too
        }
      }
    }
  }

  /** Whether there is such a side at all. */
  boolean has(Side side, Precision precision) {
    return commands.of(side, precision) != null;
  }

  /** Gives up the process of a side that does not answer. */
  void drop(Side side, Precision precision) {
    Child child = running.remove(new Key(side, precision));
    if (child != null) {
      child.close();
    }
  }

  /** Has those of a precision free what they hold. */
  void forget() {
    Map.copyOf(running)
        .forEach(
            (key, child) -> {
              try {
                child.forget();
              } catch (ChildException e) {
                System.err.println(key + ": " + e.reason());
                drop(key.side, key.precision);
              }
            });
  }

  /** What the processes said that they are. */
  Set<String> descriptions() {
    return descriptions;
  }

  @Override
  public void close() {
    running.values().forEach(Child::close);
    running.clear();
  }
}
