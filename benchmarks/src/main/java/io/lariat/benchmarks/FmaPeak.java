package io.lariat.benchmarks;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The most float32 fused multiply-adds one core can do: twelve independent chains of them in
 * registers, enough to hide the latency of any processor of today.
 */
public final class FmaPeak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int TURNS = 200_000;

  private FmaPeak() {}

  /** Flops a second: the median of {@code rounds} rounds of about a millisecond each. */
  public static double measure(int rounds) {
    double[] rates = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      float result = chains(TURNS, 1f - 1e-7f, 1e-9f);
      long nanos = System.nanoTime() - start;
      if (Float.isNaN(result)) {
        throw new AssertionError("the chains converge, they cannot be NaN");
      }
      rates[i] = 2.0 * CHAINS * SPECIES.length() * TURNS / nanos * 1e9;
    }
    Arrays.sort(rates);
    return rates[rounds / 2];
  }

  /** Flops a second of so many threads at once, together. */
  static double measure(int threads, int rounds) {
    return IntStream.range(0, threads)
        .mapToObj(i -> CompletableFuture.supplyAsync(() -> measure(rounds), FmaPeak::start))
        .toList()
        .stream()
        .mapToDouble(CompletableFuture::join)
        .sum();
  }

  private static void start(Runnable measurement) {
    Thread.ofPlatform().daemon().start(measurement);
  }

  private static float chains(int turns, float factor, float term) {
    FloatVector f = FloatVector.broadcast(SPECIES, factor);
    FloatVector t = FloatVector.broadcast(SPECIES, term);
    FloatVector a = f;
    FloatVector b = f.add(1);
    FloatVector c = f.add(2);
    FloatVector d = f.add(3);
    FloatVector e = f.add(4);
    FloatVector g = f.add(5);
    FloatVector h = f.add(6);
    FloatVector i = f.add(7);
    FloatVector j = f.add(8);
    FloatVector k = f.add(9);
    FloatVector l = f.add(10);
    FloatVector m = f.add(11);
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
    FloatVector sum =
        a.add(b).add(c).add(d).add(e).add(g).add(h).add(i).add(j).add(k).add(l).add(m);
    return sum.lane(0);
  }
}
