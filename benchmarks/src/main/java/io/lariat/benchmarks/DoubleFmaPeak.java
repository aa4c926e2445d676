package io.lariat.benchmarks;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** As {@link FmaPeak}, of doubles. */
final class DoubleFmaPeak {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int TURNS = 200_000;

  private DoubleFmaPeak() {}

  /** Flops a second: the median of {@code rounds} rounds of about a millisecond each. */
  static double measure(int rounds) {
    double[] rates = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      double result = chains(TURNS, 1 - 1e-7, 1e-9);
      long nanos = System.nanoTime() - start;
      if (Double.isNaN(result)) {
        throw new AssertionError("the chains converge, they cannot be NaN");
      }
      rates[i] = 2.0 * CHAINS * SPECIES.length() * TURNS / nanos * 1e9;
    }
    Arrays.sort(rates);
    return rates[rounds / 2];
  }

  private static double chains(int turns, double factor, double term) {
    DoubleVector f = DoubleVector.broadcast(SPECIES, factor);
    DoubleVector t = DoubleVector.broadcast(SPECIES, term);
    DoubleVector a = f;
    DoubleVector b = f.add(1);
    DoubleVector c = f.add(2);
    DoubleVector d = f.add(3);
    DoubleVector e = f.add(4);
    DoubleVector g = f.add(5);
    DoubleVector h = f.add(6);
    DoubleVector i = f.add(7);
    DoubleVector j = f.add(8);
    DoubleVector k = f.add(9);
    DoubleVector l = f.add(10);
    DoubleVector m = f.add(11);
    for (int n = 0; n < turns; n++) {
      a = a.fma(f, t);
      b = b.fma(f, t);
      c = c.fma(f, t);
      d = d.fma(f, t);
      e = e.fma(f, t);
      g = g.fma(f, t);
      h = h.fma(f, t);
      i = i.fma(f, t);
      j = j.fma(f, t);
      k = k.fma(f, t);
      l = l.fma(f, t);
      m = m.fma(f, t);
    }
    DoubleVector sum =
        a.add(b).add(c).add(d).add(e).add(g).add(h).add(i).add(j).add(k).add(l).add(m);
    return sum.lane(0);
  }
}
