package io.lariat.benchmarks.gpu;

import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What all sides train on, in files of little-endian floats: {@code x [rows x inputs]} and {@code y
 * [rows]}, of which each case takes the first rows, {@code CASE-weights} in the order of {@link
 * ParameterLayout}, and {@code cases.txt} with a line for each case.
 */
final class CaseFiles {
  private static final int INFORMATIVE = 10;

  private final Path folder;

  CaseFiles(Path folder) {
    this.folder = folder;
  }

  /** Draws everything and writes it; all cases have the same inputs. */
  void write(List<StepCase> cases) throws IOException {
    int inputs = cases.getFirst().inputs();
    int rows = cases.stream().mapToInt(StepCase::rows).max().orElseThrow();
    SplittableRandom random = new SplittableRandom(7);
    float[] x = new float[rows * inputs];
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < inputs; j++) {
        // Uniform, of variance 1.
        double value = random.nextDouble(-1.7320508, 1.7320508);
        x[i * inputs + j] = (float) value;
        sum += j < INFORMATIVE ? value : 0;
      }
      y[i] = sum > 0 ? 1 : 0;
    }
    Files.createDirectories(folder);
    write("x", x);
    write("y", y);
    for (StepCase c : cases) {
      if (c.inputs() != inputs) {
        throw new IllegalArgumentException(c.name() + ": expected " + inputs + " inputs");
      }
      write(c.name() + "-weights", drawWeights(c));
    }
    Files.write(folder.resolve("cases.txt"), cases.stream().map(StepCase::line).toList());
  }

  /** Kernels as Keras draws them (Glorot uniform); biases are drawn too: none can be forgotten. */
  private static float[] drawWeights(StepCase c) {
    SplittableRandom random = new SplittableRandom(11);
    ParameterLayout layout = new ParameterLayout(c.network(true));
    float[] values = new float[layout.size()];
    for (int i = 0; i < layout.layers(); i++) {
      double limit = Math.sqrt(6.0 / (layout.in(i) + layout.out(i)));
      draw(random, values, layout.kernelOffset(i), layout.kernelSize(i), limit);
      draw(random, values, layout.biasOffset(i), layout.out(i), 0.05);
    }
    return values;
  }

  private static void draw(
      SplittableRandom random, float[] values, int from, int count, double limit) {
    for (int i = from; i < from + count; i++) {
      values[i] = (float) random.nextDouble(-limit, limit);
    }
  }

  /** The cases. */
  List<StepCase> cases() throws IOException {
    return Files.readAllLines(folder.resolve("cases.txt")).stream().map(StepCase::of).toList();
  }

  /** The features of a case's rows. */
  float[] x(StepCase c) throws IOException {
    return read("x", c.rows() * c.inputs());
  }

  /** Their classes. */
  float[] y(StepCase c) throws IOException {
    return read("y", c.rows());
  }

  /** The weights that a case starts from. */
  Weights weights(StepCase c, Network network) throws IOException {
    ParameterLayout layout = new ParameterLayout(network);
    return Weights.copyOf(layout, read(c.name() + "-weights", layout.size()));
  }

  private void write(String name, float[] values) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      map(channel, FileChannel.MapMode.READ_WRITE, values.length).asFloatBuffer().put(values);
    }
  }

  private float[] read(String name, int count) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(name))) {
      float[] values = new float[count];
      map(channel, FileChannel.MapMode.READ_ONLY, count).asFloatBuffer().get(values);
      return values;
    }
  }

  private static ByteBuffer map(FileChannel channel, FileChannel.MapMode mode, int floats)
      throws IOException {
    return channel.map(mode, 0, 4L * floats).order(ByteOrder.LITTLE_ENDIAN);
  }
}
