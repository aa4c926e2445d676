package io.lariat.simd;

/**
 * An operation ready to run: an object that the backend keeps, sets up anew for each call and hands
 * to the {@link WorkerPool}, so that an operation makes no garbage.
 */
abstract class Job {

  /**
   * Does one share of the work. Shares must not write to the same memory, and the bits of the
   * result must not depend on {@code parts}.
   *
   * @param part which share, from 0
   * @param parts how many shares there are
   * @param scratch memory that no other share uses meanwhile
   */
  abstract void run(int part, int parts, Scratch scratch);

  /**
   * Where share {@code part} of {@code items} begins if shares are whole multiples of {@code
   * grain}; {@code part = parts} gives {@code items}.
   */
  static long begin(long items, long grain, int part, int parts) {
    long grains = (items + grain - 1) / grain;
    return Math.min(items, grains * part / parts * grain);
  }
}
