package io.lariat.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rates of a benchmark's iterations, each beside the bound measured around it. */
final class Shares {
  private final List<Double> rates = new ArrayList<>();
  private final List<Double> shares = new ArrayList<>();

  /** Takes an iteration. */
  void add(double rate, double bound) {
    rates.add(rate);
    shares.add(rate / bound);
  }

  /** Prints the median rate in {@code unit}, and the median and range of the shares. */
  void print(String unit, String bound) {
    rates.sort(null);
    shares.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%n# %.1f %s, %.3f of %s (%.3f to %.3f)%n",
        rates.get(rates.size() / 2),
        unit,
        shares.get(shares.size() / 2),
        bound,
        shares.getFirst(),
        shares.getLast());
  }
}
