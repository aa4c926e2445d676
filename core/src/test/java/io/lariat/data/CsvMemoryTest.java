package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reading numbers allocates, all in all, little more than what it returns: nothing is copied when
 * it grows or at the end. What is never allocated never counts for the peak either.
 */
class CsvMemoryTest {
  /** What reading takes whatever the size: buffers, the parser, classes, one block of rows. */
  private static final long BASE = 4_000_000;

  @TempDir Path folder;

  private Path table(int rows, int columns, int distinct) throws IOException {
    Random random = new Random(1);
    Path file = folder.resolve("t.csv");
    try (OutputStream out = Files.newOutputStream(file)) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < columns; j++) {
        text.append('x').append(j).append(',');
      }
      text.append("y\n");
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          text.append(random.nextInt(distinct)).append(',');
        }
        text.append(i % 2).append('\n');
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
      }
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource({"50000, 200, 1000", "50000, 200, 10", "3000000, 1, 1000", "3000000, 2, 10"})
  void staysBelowOnePointThreeTimesTheData(int rows, int columns, int distinct) throws IOException {
    Path file = table(rows, columns, distinct);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Dataset data = Csv.read(file, "y");
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    long size = 4L * rows * (columns + 1);
    assertThat(data.rows()).isEqualTo(rows);
    assertThat(data.features()).isEqualTo(columns);
    assertThat(allocated).isLessThan(size * 13 / 10 + BASE);

    before = threads.getCurrentThreadAllocatedBytes();
    Features features = Csv.readFeatures(file, data.schema());
    allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(features.rows()).isEqualTo(rows);
    assertThat(allocated).isLessThan(4L * rows * columns * 13 / 10 + BASE);
  }
}
