package io.lariat.train;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Penalty.l1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.compare.Comparison;
import io.lariat.data.Dataset;
import io.lariat.model.Certificate;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.optimality.ModelPolish;
import io.lariat.path.LinearPath;
import io.lariat.path.NetworkPath;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt is a cancellation, and the thread stays interrupted. */
@Tag("B10")
class InterruptTest {
  private final Dataset data = Synthetic.binary(200, 6, 1);
  private final Network network = Network.of(6).dense(8, RELU, l1(1e-3)).dense(1, SIGMOID);

  @AfterEach
  void clear() {
    Thread.interrupted();
  }

  @Test
  void endsATrainingBeforeItsNextStep() {
    try (Backend backend = Backends.open("reference")) {
      Training run =
          Trainer.on(backend)
              .epochs(300)
              .onEpoch(
                  epoch -> {
                    if (epoch.number() == 3) {
                      Thread.currentThread().interrupt();
                    }
                  })
              .fit(network, data);
      assertThat(run.stopReason()).isEqualTo(StopReason.CANCELLED);
      assertThat(run.history().epochs()).hasSize(3);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void soAFutureIsCancelledAndAPoolShutDown() throws Exception {
    CountDownLatch started = new CountDownLatch(2);
    Callable<Training> training =
        () -> {
          try (Backend backend = Backends.open("reference")) {
            return Trainer.on(backend)
                .epochs(Integer.MAX_VALUE)
                .onEpoch(epoch -> started.countDown())
                .fit(network, data);
          }
        };
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      Future<Training> cancelled = pool.submit(training);
      Future<Training> shutDown = pool.submit(training);
      started.await();
      cancelled.cancel(true);
      pool.shutdownNow();
      assertThat(shutDown.get().stopReason()).isEqualTo(StopReason.CANCELLED);
    }
  }

  /** Each by several threads of its own, which must end too. */
  @Test
  void endsPathsAndComparisons() {
    assertEnds(() -> LinearPath.standardized().threads(2).fit(data));
    assertEnds(
        () ->
            NetworkPath.of(network.withoutPenalties())
                .epochs(Integer.MAX_VALUE)
                .threads(2)
                .fit(data, () -> Backends.open("reference")));
    assertEnds(
        () ->
            Comparison.of(network)
                .training(t -> t.epochs(Integer.MAX_VALUE))
                .threads(2)
                .fit(data, () -> Backends.open("reference")));
  }

  @Test
  void endsAPolish() {
    try (Backend backend = Backends.open("reference")) {
      Training run = Trainer.on(backend).epochs(1).fit(network, data);
      Thread.currentThread().interrupt();
      Model polished = ModelPolish.of(run.model(), data, data.rows()).tolerance(1e-14).run();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(polished.certificate()).isNotNull();
      assertThat(polished.certificate().polish()).isEqualTo(Certificate.PolishEnd.CANCELLED);
    }
  }

  /** What a cancelled training has learnt is not lost to its own thread. */
  @Test
  void anInterruptedThreadSavesAndLoads(@TempDir Path folder) {
    try (Backend backend = Backends.open("reference")) {
      Model model = Trainer.on(backend).epochs(1).fit(network, data).model();
      Path file = folder.resolve("model.safetensors");
      Thread.currentThread().interrupt();
      model.save(file);
      Model loaded = Model.load(file);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(loaded.weights().doubles()).isEqualTo(model.weights().doubles());
    }
  }

  private static void assertEnds(Callable<?> work) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(work::call).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).as("is interrupted still").isTrue();
  }
}
