package io.lariat.simd.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors that every kernel here is written in: their width, fixed once per JVM, and how they
 * are loaded from and stored to native memory.
 *
 * <p>C2 turns vector code into vector instructions only where the species is a constant to it, so
 * the width cannot be a field of the backend: it is a {@code static final} of this class, read from
 * {@link VectorWidth} when the class is initialised.
 *
 * <p><b>The form of a kernel.</b> A static method with one loop, whose body calls the Vector API
 * and nothing of ours, its constants in {@code static final} vectors. C2 stops inlining methods
 * other than the JDK's own once a compilation has grown to some 18,000 nodes (about 40 vector
 * operations, callers included), and a vector that crosses a call that is not inlined goes through
 * the heap: measured 3 to 20 times slower, on some runs and not on others. So functions that need
 * more are cut into passes over a chunk in the first-level cache.
 *
 * <p><b>Tails.</b> Every storage ends in at least one vector of padding ({@link SimdStorage}), so a
 * load may always read a whole vector, past the end of a row or of a matrix. Only stores are
 * masked. Body and tail are then the same arithmetic, and an element's value does not depend on
 * where it lies in a vector or in a thread's share.
 *
 * <p>So every loop ends in the same branch: {@code n - i >= COUNT} stores the vector, else its
 * {@link #first} lanes. A method for it would be inlined in some processes and not in others (the
 * losses take twice as long then), and a masked store for all, without a branch, mostly took 1.1 to
 * 2.5 times as long.
 */
public final class Lanes {

  /** The species of all float kernels. */
  public static final VectorSpecies<Float> FLOATS = species();

  /** As many ints as {@link #FLOATS} has floats. */
  public static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());

  /** The species of the double kernels: half as many as floats. */
  public static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, FLOATS.vectorShape());

  /** Floats in a vector. */
  public static final int COUNT = FLOATS.length();

  /**
   * AVX-512 and AArch64 have 32 vector registers, AVX2 and SSE have 16. (256-bit vectors on a
   * machine with AVX-512 have 32 as well, but the width does not tell.)
   */
  public static final boolean MANY_REGISTERS =
      COUNT == 16 || "aarch64".equals(System.getProperty("os.arch"));

  /** Bytes in a vector. */
  public static final long BYTES = FLOATS.vectorByteSize();

  /** Bytes in a float, as a long, for address arithmetic. */
  public static final long FLOAT = Float.BYTES;

  /**
   * Unaligned, so that there is no alignment check to be proven away; floats are aligned anyway.
   */
  public static final ValueLayout.OfFloat FLOAT_LAYOUT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  public static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /**
   * The class of native segments, which has no public name. Every kernel casts its segments to it
   * before the loop.
   *
   * <p>The memory access methods of the JDK are shared by the whole program, and so are the type
   * profiles that C2 inlines them by: after other code has used heap segments, a kernel that takes
   * plain segments fell from 0.95 of the FMA peak to 0.74, and to 0.12 after two kinds. A cast to
   * this constant makes the type exact whatever the profile says (0.95 either way), and nothing
   * restricted is needed.
   */
  public static final Class<? extends MemorySegment> NATIVE = Arena.global().allocate(1).getClass();

  private static final VectorMask<Float>[] FIRST = firstMasks();

  private Lanes() {}

  private static VectorSpecies<Float> species() {
    return switch (VectorWidth.chosenBits(FloatVector.SPECIES_PREFERRED.vectorBitSize())) {
      case 512 -> FloatVector.SPECIES_512;
      case 256 -> FloatVector.SPECIES_256;
      default -> FloatVector.SPECIES_128;
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // there is no generic array creation
  private static VectorMask<Float>[] firstMasks() {
    VectorMask[] masks = new VectorMask[COUNT + 1];
    for (int n = 0; n <= COUNT; n++) {
      masks[n] = FLOATS.indexInRange(0, n);
    }
    return (VectorMask<Float>[]) masks;
  }

  /** The mask that is true in the first {@code n} lanes, 0 to {@link #COUNT}. */
  public static VectorMask<Float> first(int n) {
    return FIRST[n];
  }

  /**
   * The sum of a vector that a kernel has left at {@code at}, in a fixed order: four chains of
   * every fourth lane. {@code reduceLanes(ADD)} may add in another order once it is compiled, so
   * its bits change from run to run.
   */
  public static float sum(MemorySegment vector, long at) {
    MemorySegment memory = NATIVE.cast(vector);
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int i = 0; i < COUNT; i += 4) {
      long lane = at + i * FLOAT;
      s0 += memory.get(FLOAT_LAYOUT, lane);
      s1 += memory.get(FLOAT_LAYOUT, lane + FLOAT);
      s2 += memory.get(FLOAT_LAYOUT, lane + 2 * FLOAT);
      s3 += memory.get(FLOAT_LAYOUT, lane + 3 * FLOAT);
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** {@link #sum}, in double. */
  public static double sumInDouble(MemorySegment vector, long at) {
    MemorySegment memory = NATIVE.cast(vector);
    double s0 = 0;
    double s1 = 0;
    for (int i = 0; i < COUNT; i += 2) {
      long lane = at + i * FLOAT;
      s0 += memory.get(FLOAT_LAYOUT, lane);
      s1 += memory.get(FLOAT_LAYOUT, lane + FLOAT);
    }
    return s0 + s1;
  }
}
