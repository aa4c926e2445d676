package io.lariat.train;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Penalty.l1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Backend;
import io.lariat.data.Dataset;
import io.lariat.model.Network;
import io.lariat.model.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several threads that come to one backend: one is served, the others are refused by a sentence
 * that names it, and nobody gets another number than alone. A backend's test opens the backend.
 */
@Tag("B1")
public abstract class SharedBackendContract {
  private static final int FEATURES = 12;
  private static final int ROWS = 96;
  private static final String IN_USE = "this backend is in use by thread ";

  private final Dataset data = Synthetic.binary(ROWS, FEATURES, 1);
  private final float[] rows = new float[ROWS * FEATURES];

  /** Copies the rows. */
  protected SharedBackendContract() {
    data.copyFeatures(0, ROWS, rows);
  }

  /** Opens the backend under test. */
  protected abstract Backend open();

  private static Network network() {
    return Network.of(FEATURES).dense(24, RELU, l1(1e-3)).dense(1, SIGMOID);
  }

  private static Trainer trainer(Backend backend) {
    return Trainer.on(backend).epochs(3).batchSize(16).validationSplit(0.25).seed(3);
  }

  private static double[] bits(Training run) {
    return run.model().weights().doubles();
  }

  private float[] predict(Predictor predictor) {
    float[] out = new float[ROWS];
    predictor.predict(rows, ROWS, out);
    return out;
  }

  private static void assertRefused(ThrowingCallable call, String thread) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(IN_USE + thread + ", and takes one caller at a time");
  }

  @Test
  void whoeverComesWhileATrainingRunsIsRefusedAndTheTrainingIsAsAlone() throws Exception {
    CountDownLatch training = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    try (Backend backend = open();
        ExecutorService other =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "the-trainer"))) {
      Training alone = trainer(backend).fit(network(), data);
      Predictor predictor = Predictor.of(alone.model(), backend);
      float[] predicted = predict(predictor);
      Future<Training> run =
          other.submit(
              () ->
                  trainer(backend)
                      .callback(
                          new TrainingCallback() {
                            @Override
                            public Next onEpochEnd(Epoch epoch) {
                              training.countDown();
                              await(refused);
                              return Next.CONTINUE;
                            }
                          })
                      .fit(network(), data));
      training.await();
      assertRefused(() -> trainer(backend).fit(network(), data), "the-trainer");
      assertRefused(() -> predict(predictor), "the-trainer");
      assertRefused(() -> Predictor.of(alone.model(), backend), "the-trainer");
      assertRefused(predictor::close, "the-trainer");
      assertRefused(backend::close, "the-trainer");
      refused.countDown();
      assertThat(bits(run.get())).containsExactly(bits(alone));
      assertThat(predict(predictor)).containsExactly(predicted);
      assertThat(bits(trainer(backend).fit(network(), data))).containsExactly(bits(alone));
      predictor.close();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Two predictors, trainings, and an impatient owner, all on one backend. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 8})
  void everyCallInAMixOfThreadsIsRightOrRefused(int threads) throws Exception {
    try (Backend backend = open()) {
      Training alone = trainer(backend).fit(network(), data);
      try (Predictor one = Predictor.of(alone.model(), backend);
          Predictor two = Predictor.of(alone.model(), backend)) {
        float[] predicted = predict(one);
        AtomicInteger served = new AtomicInteger();
        List<Callable<Object>> callers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
          Predictor predictor = t % 4 < 2 ? one : two;
          boolean trains = t % 2 == 0;
          callers.add(
              () -> {
                for (int i = 0; i < 20; i++) {
                  if (trains) {
                    rightOrRefused(
                        served, () -> bits(trainer(backend).fit(network(), data)), bits(alone));
                  } else {
                    rightOrRefused(served, () -> doubles(predict(predictor)), doubles(predicted));
                  }
                }
                return "done";
              });
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
          for (Future<Object> caller : pool.invokeAll(callers)) {
            assertThat(result(caller)).isEqualTo("done");
          }
        }
        assertThat(served).as("calls that were served").hasPositiveValue();
        assertThat(predict(two)).containsExactly(predicted);
        assertThat(bits(trainer(backend).fit(network(), data))).containsExactly(bits(alone));
      }
    }
  }

  private static Object result(Future<Object> caller) throws InterruptedException {
    try {
      return caller.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }

  private static void rightOrRefused(
      AtomicInteger served, Callable<double[]> call, double[] expected) throws Exception {
    double[] found;
    try {
      found = call.call();
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageStartingWith(IN_USE + "pool-");
      return;
    }
    assertThat(found).containsExactly(expected);
    served.incrementAndGet();
  }

  @Test
  void aCallbackUsesTheBackendOfItsOwnTrainingButDoesNotCloseIt() {
    try (Backend backend = open()) {
      Training alone = trainer(backend).fit(network(), data);
      try (Predictor predictor = Predictor.of(alone.model(), backend)) {
        float[] predicted = predict(predictor);
        Training run =
            trainer(backend)
                .callback(
                    new TrainingCallback() {
                      @Override
                      public Next onEpochEnd(Epoch epoch) {
                        assertThat(predict(predictor)).containsExactly(predicted);
                        assertThat(bits(trainer(backend).fit(network(), data)))
                            .containsExactly(bits(alone));
                        assertThatThrownBy(backend::close)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("closes it from inside a training");
                        return Next.CONTINUE;
                      }
                    })
                .fit(network(), data);
        assertThat(bits(run)).containsExactly(bits(alone));
      }
    }
  }
}
