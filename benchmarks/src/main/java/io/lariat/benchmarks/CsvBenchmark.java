package io.lariat.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.lariat.data.Csv;
import io.lariat.data.Dataset;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading a CSV file of 200 columns of numbers once, in a JVM started as the program starts it: no
 * warm-up, so that compiling counts, and so does collecting garbage. Prints the rate by processor
 * time, which is that of one core, and by the clock, beside a floor measured in the same process:
 * reading the bytes and counting lines.
 *
 * <p>For the figure of a large file: {@code -p megabytes=1000}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:NewRatio=8"})
public class CsvBenchmark {
  private static final double MEGABYTE = 1e6;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** What the numbers look like. */
  @Param({"DECIMALS", "DOUBLES", "INTEGERS", "DIGITS"})
  public CsvText.Kind kind = CsvText.Kind.DECIMALS;

  /** The file's size. */
  @Param("20")
  public int megabytes = 20;

  private Path folder;
  private Path file;
  private int rows;
  private double clock;
  private double processor;
  private Dataset data;

  /** Verifies what is read of a small file, and writes the large one. */
  @Setup(Level.Trial)
  public void write() throws IOException {
    folder = Files.createTempDirectory("lariat-csv");
    file = folder.resolve("numbers.csv");
    CsvText text = new CsvText(kind);
    int few = text.write(file, 1_000_000);
    data = Csv.read(file, "y");
    text.verify(data, few);
    rows = text.write(file, megabytes * 1_000_000L);
  }

  /** The whole file, once. */
  @Benchmark
  public Dataset read() {
    long processorBefore = system.getProcessCpuTime();
    long before = System.nanoTime();
    data = Csv.read(file, "y");
    clock = (System.nanoTime() - before) * 1e-9;
    processor = (system.getProcessCpuTime() - processorBefore) * 1e-9;
    return data;
  }

  /** Checks the whole data, measures the floor and prints both. */
  @TearDown(Level.Trial)
  public void print() throws IOException {
    new CsvText(kind).verify(data, rows);
    double size = Files.size(file) / MEGABYTE;
    double floor = Double.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long before = System.nanoTime();
      if (countLines() != rows + 1L) {
        throw new AssertionError("the file has another number of lines");
      }
      floor = Math.min(floor, (System.nanoTime() - before) * 1e-9);
    }
    System.out.printf(
        Locale.ROOT,
        "%n# %.0f MB of CSV, %.0f MB as floats: %.0f MB a second of processor time, %.0f by the"
            + " clock; floor %.0f MB/s%n",
        size,
        4.0 * rows * (CsvText.FEATURES + 1) / MEGABYTE,
        size / processor,
        size / clock,
        size / floor);
    Files.delete(file);
    Files.delete(folder);
  }

  private long countLines() throws IOException {
    long lines = 0;
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(bytes) >= 0) {
        byte[] array = bytes.array();
        for (int i = 0; i < bytes.position(); i++) {
          lines += array[i] == '\n' ? 1 : 0;
        }
        bytes.clear();
      }
    }
    return lines;
  }
}
