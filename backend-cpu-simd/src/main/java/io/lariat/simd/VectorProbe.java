package io.lariat.simd;

import io.lariat.simd.machine.Lanes;
import io.lariat.simd.machine.VectorWidth;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether vector code becomes vector instructions in this JVM. Where it does not (interpreter
 * or C1 alone, no FMA, another JIT), it is 100 to 10,000 times slower than scalar code, and
 * silently so.
 */
final class VectorProbe {
  private static final int FLOATS = 1024;

  /** Calls until scalar code is compiled; a few ms. */
  private static final int SCALAR_WARM_UP = 2000;

  /**
   * How long vector code may take to overtake scalar code. It does within 0.1 to 0.3 s, when C2 has
   * compiled it, and the probe ends right then. The limit is for machines where it never does:
   * long, so that one that is merely busy is not refused.
   */
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private VectorProbe() {}

  /** The width in use. */
  static int bits() {
    return Lanes.FLOATS.vectorBitSize();
  }

  /**
   * Why vectors cannot be used, in a sentence; null if they can.
   *
   * @param asked the wanted width, null for the preferred one
   */
  static @Nullable String refusal(@Nullable String asked) {
    int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    String width = VectorWidth.refusal(asked, preferred);
    if (width != null) {
      return width;
    }
    return withoutCompiler(System.getProperty("java.vm.info", ""));
  }

  /**
   * Why there is no optimising compiler, or null.
   *
   * @param vmInfo what the JVM says of itself: {@code mixed mode, sharing}
   */
  static @Nullable String withoutCompiler(String vmInfo) {
    String info = vmInfo.toLowerCase(Locale.ROOT);
    if (info.contains("interpreted mode")) {
      return "this JVM only interprets, which makes vector code slow; start Java without -Xint";
    }
    if (info.contains("emulated-client")) {
      return "this JVM compiles with C1 only, which makes vector code slow; start Java without"
          + " -XX:TieredStopAtLevel and -XX:CompilationMode";
    }
    return timed();
  }

  private static @Nullable String timed() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocate((FLOATS + Lanes.COUNT) * Lanes.FLOAT, 64);
      float[] array = new float[FLOATS];
      for (int i = 0; i < FLOATS; i++) {
        array[i] = 1f / (i + 1);
        memory.setAtIndex(Lanes.FLOAT_LAYOUT, i, array[i]);
      }
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      float kept = 0;
      for (int i = 0; i < SCALAR_WARM_UP; i++) { // so that vectors do not race the interpreter
        kept += scalarDot(array);
      }
      long scalar;
      long vector;
      do {
        // the fastest of a few: whatever else runs can only slow one down
        scalar = Long.MAX_VALUE;
        vector = Long.MAX_VALUE;
        for (int i = 0; i < 8; i++) {
          long start = System.nanoTime();
          kept += scalarDot(array);
          long middle = System.nanoTime();
          kept += vectorDot(memory);
          long end = System.nanoTime();
          scalar = Math.min(scalar, middle - start);
          vector = Math.min(vector, end - middle);
        }
        // twice: compiled, it is 4 to 16 times faster; nearer, it is not compiled yet
      } while (2 * vector >= scalar && System.nanoTime() < deadline);
      if (vector < scalar || Float.isNaN(kept)) {
        return null;
      }
      return String.format(
          Locale.ROOT,
          "vector code is %.0f times slower than scalar code in this JVM (no FMA, or not HotSpot's"
              + " C2 compiler)",
          (double) vector / Math.max(1, scalar));
    }
  }

  /** The sum of squares by a chain of scalar additions, which no compiler may reorder. */
  private static float scalarDot(float[] x) {
    float sum = 0;
    for (int i = 0; i < FLOATS; i++) {
      sum += x[i] * x[i];
    }
    return sum;
  }

  /**
   * The same by vector fma. One short loop body, because the probe mostly waits for the compilers:
   * with four chains it took 350 ms, so 220.
   */
  private static float vectorDot(MemorySegment memory) {
    MemorySegment x = Lanes.NATIVE.cast(memory);
    FloatVector sum = FloatVector.zero(Lanes.FLOATS);
    for (int i = 0; i < FLOATS; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromMemorySegment(Lanes.FLOATS, x, i * Lanes.FLOAT, Lanes.ORDER);
      sum = v.fma(v, sum);
    }
    return sum.lane(0);
  }
}
