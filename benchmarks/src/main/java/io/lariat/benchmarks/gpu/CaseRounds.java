package io.lariat.benchmarks.gpu;

import io.lariat.benchmarks.gpu.Contender.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One case in one precision: every contender shows its first losses, then they take turns. One that
 * shows wrong losses, or fails, is timed no more, and the table says why.
 */
final class CaseRounds {
  /** How much of a round a contender gets, if an epoch is not longer. */
  private static final double SECONDS_A_TURN = 0.25;

  private static final int MOST_EPOCHS = 200;
  private static final int VERIFIED_STEPS = 20;

  /**
   * By how much of its value a loss may differ between sides. On the wide networks TF32 moves these
   * by up to 1.5e-5 (computed with rounded factors on a CPU).
   */
  private static final double LOSS_TOLERANCE = 1e-3;

  private static final int MOST_ROUNDS_OF_CPU = 3;

  /** How much longer than it may a contender is waited for. */
  private static final double GRACE_SECONDS = 20;

  /** The CPU shows fewer steps where these would be more arithmetic. */
  private static final double MOST_FLOPS_OF_CPU = 2e12;

  private final StepCase stepCase;
  private final Precision precision;
  private final Children children;
  private final int rounds;
  private final double warmUpSeconds;
  private final Deadline deadline;
  private final List<Entry> entries = new ArrayList<>();

  /** The losses that others must have, with the penalty and without. */
  private final Map<Boolean, double[]> expected = new HashMap<>();

  CaseRounds(
      StepCase stepCase,
      Precision precision,
      Children children,
      int rounds,
      double warmUpSeconds,
      Deadline deadline) {
    this.stepCase = stepCase;
    this.precision = precision;
    this.children = children;
    this.rounds = rounds;
    this.warmUpSeconds = warmUpSeconds;
    this.deadline = deadline;
    for (Contender contender : Contender.ALL) {
      if (children.has(contender.side(), precision)) {
        entries.add(new Entry(contender));
      }
    }
  }

  /** A contender and how it goes. */
  private static final class Entry {
    final Contender contender;
    final List<Double> seconds = new ArrayList<>();
    int epochs = 1;
    @Nullable String problem;

    Entry(Contender contender) {
      this.contender = contender;
    }
  }

  /** Runs all there is time for. */
  List<Outcome> run() {
    // The CPU first: where it computes right, its tests have shown.
    double secondsForRounds = deadline.seconds() / 2; // compiling can take long
    entries.stream()
        .sorted(Comparator.comparing(entry -> entry.contender.side() != Side.CPU))
        .forEach(entry -> attempt(entry, e -> verifyBefore(secondsForRounds, e)));
    // The first turn is not like the others, the second says how many epochs a turn is to have.
    forEach(entry -> entry.epochs = epochsOfATurn(turn(entry, 1)));
    forEach(entry -> entry.epochs = epochsOfATurn(turn(entry, entry.epochs)));
    forEach(this::warmUp);
    for (int round = 0; round < rounds; round++) {
      for (Entry entry : entries) {
        if (round < roundsOf(entry)) {
          attempt(entry, e -> e.seconds.add(turn(e, e.epochs) / stepCase.steps()));
        }
      }
    }
    children.forget();
    return entries.stream().map(this::outcome).toList();
  }

  private interface Turn {
    void of(Entry entry) throws ChildException;
  }

  private void forEach(Turn turn) {
    entries.forEach(entry -> attempt(entry, turn));
  }

  private void attempt(Entry entry, Turn turn) {
    if (entry.problem != null || deadline.seconds() <= 0) {
      return;
    }
    try {
      turn.of(entry);
    } catch (ChildException e) {
      entry.problem = e.reason();
      if (e.hasEnded()) {
        children.drop(entry.contender.side(), precision);
      }
    }
  }

  /** The CPU's steps can be long, and its times are only for scale. */
  private int roundsOf(Entry entry) {
    return entry.contender.side() == Side.CPU ? Math.min(rounds, MOST_ROUNDS_OF_CPU) : rounds;
  }

  private Outcome outcome(Entry entry) {
    String note = entry.problem;
    if (note == null) {
      note =
          entry.seconds.size() == roundsOf(entry)
              ? ""
              : "cut off by the time limit after " + entry.seconds.size() + " rounds";
    }
    double[] seconds = entry.seconds.stream().mapToDouble(Double::doubleValue).toArray();
    return new Outcome(stepCase, precision, entry.contender, seconds, note);
  }

  private double[] ask(Entry entry, String verb, String word, int count) throws ChildException {
    Contender contender = entry.contender;
    return children
        .of(contender.side(), precision)
        .ask(
            String.join(" ", verb, stepCase.name(), contender.way(), Integer.toString(count)),
            word,
            deadline.seconds() + GRACE_SECONDS);
  }

  /** Goes on until the process is warm, whoever's turn it was. */
  private void warmUp(Entry entry) throws ChildException {
    while (deadline.seconds() > 0
        && children.of(entry.contender.side(), precision).busySeconds() < warmUpSeconds) {
      turn(entry, entry.epochs);
    }
  }

  /** The seconds of an epoch. */
  private double turn(Entry entry, int epochs) throws ChildException {
    return Arrays.stream(ask(entry, "time", "seconds", epochs)).average().orElseThrow();
  }

  private static int epochsOfATurn(double secondsOfAnEpoch) {
    return (int) Math.clamp(SECONDS_A_TURN / secondsOfAnEpoch, 1, MOST_EPOCHS);
  }

  private void verifyBefore(double secondsForRounds, Entry entry) throws ChildException {
    if (deadline.seconds() < secondsForRounds) {
      throw new ChildException("cut off by the time limit before it was verified", false);
    }
    verify(entry);
  }

  private void verify(Entry entry) throws ChildException {
    int steps = VERIFIED_STEPS;
    if (entry.contender.side() == Side.CPU) {
      steps = (int) Math.clamp(MOST_FLOPS_OF_CPU / stepCase.flops(), 2, VERIFIED_STEPS);
    }
    double[] losses = ask(entry, "losses", "losses", steps);
    requireFinite(losses);
    if (losses.length == VERIFIED_STEPS) { // two may well go up
      requireFalling(losses);
    }
    if (entry.contender.way().equals("proximal")) {
      // Others do not know this update; before it all is the same.
      losses = Arrays.copyOf(losses, 1);
    }
    double @Nullable [] others = expected.get(entry.contender.isPenalized());
    if (others != null) {
      compare(losses, others);
    }
    if (others == null || others.length < losses.length) {
      expected.put(entry.contender.isPenalized(), losses);
    }
  }

  private static void requireFinite(double[] losses) throws ChildException {
    if (!Arrays.stream(losses).allMatch(Double::isFinite)) {
      throw new ChildException("wrong: its losses are " + Arrays.toString(losses), false);
    }
  }

  private static void requireFalling(double[] losses) throws ChildException {
    double last = losses[losses.length - 1];
    if (!(last < losses[0])) {
      throw new ChildException(
          String.format(
              Locale.ROOT, "wrong: losses should fall, and go from %.6g to %.6g", losses[0], last),
          false);
    }
  }

  private void compare(double[] losses, double[] others) throws ChildException {
    for (int i = 0; i < Math.min(losses.length, others.length); i++) {
      if (!(Math.abs(losses[i] - others[i]) <= LOSS_TOLERANCE * Math.abs(others[i]))) {
        throw new ChildException(
            String.format(
                Locale.ROOT,
                "wrong: the loss of step %d is %.6g, and that of others is %.6g",
                i + 1,
                losses[i],
                others[i]),
            false);
      }
    }
  }
}
