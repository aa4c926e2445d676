package io.lariat.benchmarks.peers;

import io.lariat.backend.PenaltyMethod;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A process that computes, on Lariat's reference backend, the losses that all engines are held
 * against, and writes the data for those that cannot make it themselves.
 *
 * <p>Arguments: the work folder, a training case, then any of {@code subgradient}, {@code
 * proximal}, {@code data}.
 */
final class ReferenceMain {
  private ReferenceMain() {}

  static void main(String[] args) {
    WorkFolder folder = new WorkFolder(Path.of(args[0]));
    TrainingCase c = (TrainingCase) BenchmarkCase.of(args[1]);
    List<String> wanted = Arrays.asList(args).subList(2, args.length);
    if (wanted.contains("data")) {
      writeData(folder, c);
    }
    if (wanted.contains("subgradient")) {
      writeLosses(folder, c, PenaltyMethod.SUBGRADIENT);
    }
    if (wanted.contains("proximal")) {
      writeLosses(folder, c, PenaltyMethod.PROXIMAL);
    }
  }

  private static void writeLosses(WorkFolder folder, TrainingCase c, PenaltyMethod method) {
    try (LariatTraining reference = new LariatTraining(c, "reference", method, 1)) {
      folder.writeLosses(c, method, reference.verifiedLosses());
    }
  }

  private static void writeData(WorkFolder folder, TrainingCase c) {
    TrainingData data = TrainingData.of(c);
    folder.writeArray(c, "x", data.x());
    folder.writeArray(c, "y", data.y());
    folder.writeArray(c, "weights", InitialWeights.of(c).flat());
    // Row numbers are below 2^24, so float32 holds them exactly.
    int[] order = Batches.verifiedOrder(c);
    float[] rows = new float[order.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = order[i];
    }
    folder.writeArray(c, "order", rows);
  }
}
