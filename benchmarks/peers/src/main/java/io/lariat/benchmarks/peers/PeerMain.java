package io.lariat.benchmarks.peers;

import io.lariat.benchmarks.FmaPeak;
import java.nio.file.Path;

/**
 * A process that times one engine in one case: verifies its results, then times them, then prints
 * one line.
 *
 * <p>Arguments: the work folder, the engine, the case, the threads, the seconds of warm-up and of
 * measurement. The line begins with {@code result}, {@code absent} or {@code wrong}.
 */
final class PeerMain {
  private static final int PEAK_ROUNDS = 60;

  private PeerMain() {}

  static void main(String[] args) {
    WorkFolder folder = new WorkFolder(Path.of(args[0]));
    Engine engine = Engine.of(args[1]);
    BenchmarkCase c = BenchmarkCase.of(args[2]);
    int threads = Integer.parseInt(args[3]);
    StepClock clock = new StepClock(Double.parseDouble(args[4]), Double.parseDouble(args[5]));
    try (Peer peer = engine.open(c, threads, folder)) {
      System.out.println(measure(engine, c, threads, peer, folder, clock).markedLine());
    } catch (AbsentException e) {
      System.out.println("absent," + e.getMessage());
    } catch (VerificationException e) {
      System.out.println("wrong," + e.getMessage());
    }
    // Some engines leave threads behind that would keep the process alive.
    System.out.flush();
    System.exit(0);
  }

  private static Measurement measure(
      Engine engine, BenchmarkCase c, int threads, Peer peer, WorkFolder folder, StepClock clock) {
    double deviation = verify(engine, c, peer, folder);
    boolean own = engine == Engine.LARIAT || engine == Engine.LARIAT_PROXIMAL;
    double before = own ? FmaPeak.measure(PEAK_ROUNDS) : Double.NaN;
    peer.run(clock);
    double after = own ? FmaPeak.measure(PEAK_ROUNDS) : Double.NaN;
    return new Measurement(
        engine,
        c,
        threads,
        clock.timing(),
        deviation,
        (before + after) / 2,
        own ? MemoryBandwidth.measure() : Double.NaN,
        peer.description());
  }

  private static double verify(Engine engine, BenchmarkCase c, Peer peer, WorkFolder folder) {
    return switch (peer) {
      case TrainingPeer trainer ->
          Expected.verifyLosses(
              trainer.verifiedLosses(),
              folder.readLosses((TrainingCase) c, engine.penaltyMethod()));
      case PredictionPeer predictor -> {
        predictor.predict();
        yield Expected.verifyProbabilities(predictor.probabilities(), (PredictionCase) c);
      }
      case ProductPeer multiplier -> {
        multiplier.multiply();
        yield Factors.of((ProductCase) c).verify(multiplier.product());
      }
    };
  }
}
