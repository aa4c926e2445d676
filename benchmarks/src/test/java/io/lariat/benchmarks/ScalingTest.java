package io.lariat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.benchmarks.Scaling.Axis;
import io.lariat.benchmarks.Scaling.Timing;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command for the plots of scaling, on the smallest sizes: what it measures is not looked at.
 */
final class ScalingTest {

  @Test
  void drawsEveryAxisAndPrintsEveryCase(@TempDir Path folder) throws IOException {
    Map<Axis, int[]> values = new EnumMap<>(Axis.class);
    values.put(Axis.ROWS, new int[] {256, 512});
    values.put(Axis.FEATURES, new int[] {3, 10});
    values.put(Axis.WIDTH, new int[] {4, 8});
    values.put(Axis.BATCH, new int[] {1024, 2048});
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    Map<Axis, List<Timing>> timings =
        new Scaling(0, 0, new PrintStream(printed, true, StandardCharsets.UTF_8)).measure(values);
    Path picture = folder.resolve("scaling.png");
    ScalingPlots.write(timings, picture);

    int threadCounts = Runtime.getRuntime().availableProcessors() == 1 ? 1 : 2;
    assertThat(printed.toString(StandardCharsets.UTF_8).lines()).hasSize(2 + 8 * threadCounts);
    for (Axis axis : Axis.values()) {
      List<Timing> of = timings.get(axis);
      assertThat(of).hasSize(2 * threadCounts);
      assertThat(of).allMatch(t -> 0 < t.p10() && t.p10() <= t.median() && t.median() <= t.p90());
      assertThat(of).allMatch(t -> t.floor() > 0);
    }
    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(colors(image)).as("lines of both kinds and paper").contains(0xffffff, 0x1f77b4);
    assertThat(image.getWidth()).isGreaterThan(1000);
  }

  private static Set<Integer> colors(BufferedImage image) {
    Set<Integer> colors = new HashSet<>();
    for (int i = 0; i < image.getWidth(); i++) {
      for (int j = 0; j < image.getHeight(); j++) {
        colors.add(image.getRGB(i, j) & 0xffffff);
      }
    }
    return colors;
  }
}
