package io.lariat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.compare.Comparison;
import io.lariat.data.Dataset;
import io.lariat.model.Network;
import io.lariat.path.LinearPath;
import io.lariat.path.NetworkPath;
import io.lariat.select.FeatureSelector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts that somebody else has written, or a disk has changed, are named as what they are. */
@Tag("D17")
final class ForgedPartsTest {
  /** Of each kind of work so many parts are forged. */
  private static final int MOST = 8;

  private static final Dataset DATA = Synthetic.regression(80, 4, 5);

  private static void linearPath(Parts parts) {
    LinearPath.standardized().lambdas(4).folds(3).parts(parts).fit(DATA);
  }

  private static void networkPath(Parts parts) {
    NetworkPath.of(network())
        .standardize()
        .lambdas(3)
        .folds(2)
        .epochs(2)
        .parts(parts)
        .fit(DATA, ForgedPartsTest::backend);
  }

  private static void selection(Parts parts) {
    FeatureSelector.create().linear().stability(2).parts(parts).fit(DATA);
  }

  private static void comparison(Parts parts) {
    Comparison.of(network())
        .training(t -> t.epochs(2))
        .folds(2)
        .seeds(1)
        .lambdas(List.of(0.01, 1.0))
        .parts(parts)
        .fit(DATA, ForgedPartsTest::backend);
  }

  private static void training(Parts parts) {
    try (Backend backend = backend()) {
      Trainer trainer =
          Trainer.on(backend)
              .epochs(3)
              .validationSplit(0.2)
              .earlyStopping(EarlyStopping.patience(3))
              .checkpoint(state -> parts.keep("training", state.bytes()));
      @Nullable TrainingState state = TrainingState.find(parts, "training");
      if (state != null) {
        trainer.resume(state);
      }
      trainer.fit(network(), DATA);
    }
  }

  private static Network network() {
    return Network.of(4).dense(3, Activation.RELU).dense(1, Activation.IDENTITY);
  }

  private static List<Named<Consumer<Parts>>> works() {
    return List.of(
        Named.of("path of linear models", ForgedPartsTest::linearPath),
        Named.of("path of networks", ForgedPartsTest::networkPath),
        Named.of("selection", ForgedPartsTest::selection),
        Named.of("comparison", ForgedPartsTest::comparison),
        Named.of("training", ForgedPartsTest::training));
  }

  private static Backend backend() {
    return Backends.open("reference", new BackendOptions(1));
  }

  @ParameterizedTest
  @MethodSource("works")
  void namesWhatIsNoPart(Consumer<Parts> work) {
    MemoryParts good = new MemoryParts(Integer.MAX_VALUE);
    work.accept(good);
    assertThat(good.parts).isNotEmpty();
    good.parts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(MOST)
        .forEach(part -> forge(work, good, part.getKey(), part.getValue()));
  }

  private static void forge(Consumer<Parts> work, MemoryParts good, String name, byte[] content) {
    for (byte[] none : List.of(new byte[0], new byte[3], Arrays.copyOf(content, 7))) {
      assertThat(with(work, good, name, none))
          .as("%s of %d bytes", name, none.length)
          .isInstanceOf(PartException.class)
          .hasMessageContaining("'" + name + "'");
    }
    for (byte[] other : forgeries(content)) {
      @Nullable Throwable thrown = with(work, good, name, other);
      if (thrown != null) {
        assertThat(thrown)
            .as("%s, %s", name, Arrays.toString(other))
            .isInstanceOfAny(PartException.class, TrainingException.class);
      }
    }
  }

  private static @Nullable Throwable with(
      Consumer<Parts> work, MemoryParts good, String name, byte[] content) {
    MemoryParts parts = new MemoryParts(Integer.MAX_VALUE);
    parts.parts.putAll(good.parts);
    parts.parts.put(name, content);
    return catchThrowable(() -> work.accept(parts));
  }

  private static Epoch with(Epoch of, int number, double loss, List<Long> zeros, int used) {
    return new Epoch(number, loss, of.penalty(), of.metric(), of.validation(), zeros, used, 1);
  }

  @Test
  void epochsThatCouldNotBeAreRefused() {
    MemoryParts good = new MemoryParts(Integer.MAX_VALUE);
    training(good);
    TrainingState state = TrainingState.of(good.parts.get("training"));
    Epoch epoch = state.epochs.getFirst();
    double loss = epoch.dataLoss();
    List<Epoch> forged =
        List.of(
            with(epoch, 77, loss, epoch.zeros(), 4),
            with(epoch, 1, Double.NaN, epoch.zeros(), 4),
            with(epoch, 1, loss, List.of(), 4),
            with(epoch, 1, loss, List.of(0L, -9L), 4),
            with(epoch, 1, loss, List.of(1L << 62, 0L), 4),
            with(epoch, 1, loss, epoch.zeros(), 5),
            new Epoch(1, loss, 0, 0, null, epoch.zeros(), 4, 1));
    for (Epoch other : forged) {
      List<Epoch> epochs = new ArrayList<>(state.epochs);
      epochs.set(0, other);
      assertThat(with(ForgedPartsTest::training, good, "training", bytes(state, epochs)))
          .as("%s", other)
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("of another training");
    }
    assertThat(with(ForgedPartsTest::training, good, "training", bytes(state, state.epochs)))
        .isNull();
  }

  private static byte[] bytes(TrainingState state, List<Epoch> epochs) {
    return new TrainingState(
            epochs, state.stepLosses, state.weights, state.optimizer, state.paid, state.best)
        .bytes();
  }

  /** Shorter, longer, and with bytes that were drawn. */
  private static List<byte[]> forgeries(byte[] content) {
    RandomGenerator random = new SplittableRandom(content.length);
    List<byte[]> forgeries = new ArrayList<>();
    forgeries.add(Arrays.copyOf(content, content.length + 8));
    if (content.length > 8) {
      forgeries.add(Arrays.copyOf(content, content.length - 8));
    }
    for (int i = 0; i < 12; i++) {
      byte[] drawn = content.clone();
      int from = i < 6 ? random.nextInt(content.length) : 0; // an end, or all of it
      for (int k = from; k < drawn.length; k++) {
        drawn[k] = (byte) random.nextInt();
      }
      forgeries.add(drawn);
    }
    return forgeries;
  }
}
