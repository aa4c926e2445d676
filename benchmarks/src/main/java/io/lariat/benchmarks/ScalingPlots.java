package io.lariat.benchmarks;

import io.lariat.benchmarks.Scaling.Axis;
import io.lariat.benchmarks.Scaling.Timing;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws the timings of {@link Scaling}: one plot an axis, two in a row, both scales logarithmic.
 */
final class ScalingPlots {
  private static final Color[] COLORS = {new Color(0x1f77b4), new Color(0xd95f02)};
  private static final int WIDTH = 560;
  private static final int HEIGHT = 380;

  private ScalingPlots() {}

  /** Writes the picture. */
  static void write(Map<Axis, List<Timing>> timings, Path file) {
    System.setProperty("java.awt.headless", "true");
    List<XYChart> charts = new ArrayList<>();
    timings.forEach((axis, of) -> charts.add(chart(axis, of)));
    String name = file.toString().replaceFirst("\\.png$", "");
    try {
      BitmapEncoder.saveBitmap(charts, 2, 2, new File(name).getPath(), BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static XYChart chart(Axis axis, List<Timing> timings) {
    String label = axis.name().toLowerCase(Locale.ROOT);
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("An epoch by " + label)
            .xAxisTitle(label)
            .yAxisTitle("ms")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setMarkerSize(6);
    int color = 0;
    for (int threads : timings.stream().mapToInt(Timing::threads).distinct().toArray()) {
      List<Timing> of = timings.stream().filter(t -> t.threads() == threads).toList();
      double[] x = of.stream().mapToDouble(Timing::value).toArray();
      String suffix = threads == 1 ? "1 thread" : threads + " threads";
      chart
          .addSeries(suffix, x, of.stream().mapToDouble(t -> t.median() * 1e3).toArray())
          .setMarker(SeriesMarkers.CIRCLE)
          .setMarkerColor(COLORS[color])
          .setLineColor(COLORS[color]);
      XYSeries floor =
          chart.addSeries(
              "floor, " + suffix, x, of.stream().mapToDouble(t -> t.floor() * 1e3).toArray());
      floor.setMarker(SeriesMarkers.NONE).setLineColor(COLORS[color]);
      floor.setLineStyle(
          new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 0, new float[] {4}, 0));
      color++;
    }
    return chart;
  }
}
