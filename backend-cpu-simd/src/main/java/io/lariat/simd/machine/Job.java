package io.lariat.simd.machine;

import io.lariat.backend.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation ready to run: an object that the backend keeps, sets up anew for each call and hands
 * to the {@link WorkerPool}, so that an operation makes no garbage. A recorded job is set up once
 * and run many times.
 */
public abstract class Job {

  /** What a recorded job touches; null if it runs at once. */
  private @Nullable List<Access> accesses;

  /** Makes this a job that will be recorded, before it is set up. */
  public final void record() {
    accesses = new ArrayList<>();
  }

  /** Says, when it is set up, that the shares read {@code matrix} this way. */
  protected final void reads(Matrix matrix, Access.Split split) {
    if (accesses != null) {
      accesses.add(Access.of(matrix, split, false));
    }
  }

  /** Says, when it is set up, that the shares write {@code matrix} this way. */
  protected final void writes(Matrix matrix, Access.Split split) {
    if (accesses != null) {
      accesses.add(Access.of(matrix, split, true));
    }
  }

  /** Says that its shares run the same shares of {@code other} as well. */
  protected final void includes(Job other) {
    if (accesses != null) {
      accesses.addAll(other.accesses());
    }
  }

  /** Whether it is recorded: then its shares should go by rows where they can. */
  protected final boolean isRecorded() {
    return accesses != null;
  }

  /** What a recorded job touches. */
  public final List<Access> accesses() {
    if (accesses == null) {
      throw new IllegalStateException("the job is not recorded");
    }
    return accesses;
  }

  /**
   * Reads and checks what may have changed in backend memory since the last run, such as the rows
   * of a batch. The caller runs it once before the shares.
   */
  public void begin() {}

  /** Whether one share does it all, {@link #isLast}, so that it is not worth handing over. */
  public boolean isSerial() {
    return false;
  }

  /**
   * Does one share of the work. Shares must not write to the same memory, and the bits of the
   * result must not depend on {@code parts}.
   *
   * @param part which share, from 0
   * @param parts how many shares there are
   * @param scratch memory that no other share uses meanwhile
   */
  public abstract void run(int part, int parts, Scratch scratch);

  /**
   * Where share {@code part} of {@code items} begins if shares are whole multiples of {@code
   * grain}; {@code part = parts} gives {@code items}.
   */
  protected static long begin(long items, long grain, int part, int parts) {
    long grains = (items + grain - 1) / grain;
    return Math.min(items, grains * part / parts * grain);
  }

  /** Whether this share is the one to which {@link #begin} gives a single item. */
  protected static boolean isLast(int part, int parts) {
    return part == parts - 1;
  }
}
