package io.lariat.cuda;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.Checks;
import io.lariat.backend.DeviceException;
import io.lariat.backend.Indices;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;
import io.lariat.backend.Occupancy;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Product;
import io.lariat.backend.Recording;
import io.lariat.backend.RowGroups;
import io.lariat.backend.SparseMatrix;
import io.lariat.backend.Storage;
import io.lariat.backend.UpdateRule;
import io.lariat.cuda.driver.Blas;
import io.lariat.cuda.driver.Driver;
import io.lariat.cuda.driver.DriverException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every operation as a kernel on an NVIDIA GPU, or as a product of cuBLAS. Calls return when their
 * work is queued; only {@link #read} waits for it.
 */
final class CudaBackend implements Backend {
  static final String NAME = "cuda";

  private final Occupancy occupancy = new Occupancy();
  private final Arena arena = Arena.ofShared();
  private final String details;
  private final CudaSettings settings;
  private final Session session;
  private final DeviceMemory memory;
  private final Staging staging;
  private final WorkQueue queue;
  private final Addresses addresses;
  private final Products products;
  private final WeightOperations weights;
  private final RowOperations rows;
  private final List<StepRecording> recordings = new ArrayList<>();
  private boolean closed;

  /**
   * Opens a device.
   *
   * @param device its number
   * @param blas cuBLAS, or null to do all products by kernels of our own
   */
  CudaBackend(Driver driver, int device, Blas.@Nullable Opener blas, CudaSettings settings) {
    this.settings = settings;
    session = openSession(driver, device, blas, settings);
    try {
      staging = new Staging(session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    memory = new DeviceMemory(NAME, session);
    queue = new WorkQueue(session);
    addresses = new Addresses(memory, queue);
    Arguments arguments = new Arguments(arena);
    rows = new RowOperations(addresses, queue, arguments);
    weights = new WeightOperations(addresses, queue, arguments);
    products = new Products(addresses, rows, queue, arguments, blas != null, settings.large());
    details = session.device().name() + ", " + products(blas, settings.tf32());
  }

  /** How products are done: rounding to TF32 is cuBLAS's alone. */
  private static String products(Blas.@Nullable Opener blas, boolean tf32) {
    if (blas == null) {
      return "own kernels for products"
          + (tf32 ? " in float32, as there is no cuBLAS for TF32" : "");
    }
    return blas.description() + (tf32 ? ", TF32" : "");
  }

  private static Session openSession(
      Driver driver, int device, Blas.@Nullable Opener blas, CudaSettings settings) {
    try {
      return new Session(driver, device, blas, settings.tf32());
    } catch (DriverException e) {
      if (!e.isOutOfMemory()) {
        throw e;
      }
      throw new DeviceException(
          "the GPU has no room for a backend: others use its memory; end what uses it, or choose"
              + " the backend simd",
          e);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return NAME + " (" + details + ")";
  }

  @Override
  public Occupancy occupancy() {
    return occupancy;
  }

  // ---- memory ----------------------------------------------------------------------------------

  @Override
  public boolean canBeLost() {
    return true;
  }

  @Override
  public Storage allocate(long floats) {
    requireLength("allocate", floats, "floats");
    return memory.allocate(floats);
  }

  @Override
  public Storage allocateData(long floats) {
    requireLength("allocate", floats, "floats");
    return memory.allocateData(floats);
  }

  @Override
  public Indices allocateIndices(int length) {
    requireLength("allocateIndices", length, "ints");
    return new CudaIndices(memory.allocate(length));
  }

  private static void requireLength(String operation, long length, String unit) {
    long longest = Long.MAX_VALUE / Float.BYTES;
    if (length < 1 || length > longest) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s: expected 1 to %d %s, found %d", operation, longest, unit, length));
    }
  }

  @Override
  public void write(float[] source, int from, Matrix target) {
    Checks.write(source, from, target);
    MemorySegment floats =
        MemorySegment.ofArray(source)
            .asSlice((long) from * Float.BYTES, target.size() * Float.BYTES);
    @Nullable MemorySegment host = memory.own(target).host();
    requireNoRecording("write");
    if (host == null) {
      staging.write(floats, addresses.of(target));
      return;
    }
    session.driver().synchronize(session.main().stream());
    MemorySegment.copy(floats, 0, host, target.offset() * Float.BYTES, floats.byteSize());
  }

  @Override
  public void read(Matrix source, float[] target, int to) {
    Checks.read(source, target, to);
    @Nullable MemorySegment host = memory.own(source).host();
    requireNoRecording("read");
    int floats = (int) source.size();
    if (host == null) {
      staging.read(addresses.of(source), target, to, floats);
      return;
    }
    session.driver().synchronize(session.main().stream());
    long at = source.offset() * Float.BYTES;
    MemorySegment.copy(host, ValueLayout.JAVA_FLOAT, at, target, to, floats);
  }

  @Override
  public void write(int[] source, int from, Indices target) {
    Checks.write(source, from, target);
    long to = addresses.of(target);
    requireNoRecording("write");
    staging.write(
        MemorySegment.ofArray(source)
            .asSlice((long) from * Integer.BYTES, (long) target.length() * Integer.BYTES),
        to);
  }

  private void requireNoRecording(String operation) {
    if (queue.isRecording()) {
      throw new IllegalStateException(operation + ": not inside a step that is being recorded");
    }
  }

  @Override
  public void copy(Matrix from, Matrix to) {
    Checks.copy(from, to);
    queue.copy(
        addresses.of(from),
        from.storage().isFar(),
        addresses.of(to),
        to.storage().isFar(),
        bytes(from));
  }

  private static long bytes(Matrix m) {
    return m.size() * Float.BYTES;
  }

  // ---- rows ------------------------------------------------------------------------------------

  @Override
  public void gatherRows(Matrix source, Indices numbers, Matrix out) {
    Checks.gatherRows(source, numbers, out);
    rows.move(Kernel.GATHER_ROWS, source, numbers, out, source.rows());
  }

  @Override
  public void scatterRows(Matrix source, Indices numbers, Matrix out) {
    Checks.scatterRows(source, numbers, out);
    rows.move(Kernel.SCATTER_ROWS, source, numbers, out, out.rows());
  }

  // ---- a dense layer ---------------------------------------------------------------------------

  @Override
  public void matmul(Product product, Matrix a, Matrix b, Matrix out) {
    Checks.matmul(product, a, b, out);
    products.matmul(product, a, b, out);
  }

  @Override
  public void matmul(SparseMatrix a, Matrix b, Matrix out) {
    Checks.matmul(a, b, out);
    products.matmul(a, b, out);
  }

  @Override
  public void addBias(Matrix x, Matrix bias, Matrix out) {
    Checks.addBias(x, bias, out);
    rows.activate(Activation.IDENTITY, x, addresses.of(bias), out);
  }

  @Override
  public void activate(Activation f, Matrix x, Matrix out) {
    Checks.activate(f, x, out);
    rows.activate(f, x, 0, out);
  }

  @Override
  public void activateGrad(Activation f, Matrix out, Matrix grad) {
    Checks.activateGrad(f, out, grad);
    rows.activateGrad(f, out, grad);
  }

  @Override
  public void sumRows(Matrix x, Matrix out) {
    Checks.sumRows(x, out);
    rows.sum(x, out);
  }

  @Override
  public void dropout(double rate, Indices key, Matrix x, Matrix out) {
    Checks.dropout(rate, key, x, out);
    rows.dropout(rate, key, x, out);
  }

  @Override
  public void dense(Matrix x, Matrix w, Matrix bias, Activation f, Matrix out) {
    Checks.dense(x, w, bias, out);
    products.dense(x, w, bias, f, out);
  }

  @Override
  public void parameterGrad(Matrix x, Matrix grad, Matrix wGrad, Matrix biasGrad) {
    Checks.parameterGrad(x, grad, wGrad, biasGrad);
    products.parameterGrad(x, grad, wGrad, biasGrad);
  }

  @Override
  public void inputGrad(Matrix grad, Matrix w, Activation f, Matrix x, Matrix xGrad) {
    Checks.inputGrad(grad, w, f, x, xGrad);
    products.inputGrad(grad, w, f, x, xGrad);
  }

  // ---- losses ----------------------------------------------------------------------------------

  @Override
  public void rowLosses(Loss loss, Matrix logits, Matrix targets, Matrix out) {
    Checks.rowLosses(loss, logits, targets, out);
    rows.loss(loss, logits, targets, addresses.of(out), 0);
  }

  @Override
  public void lossGrad(Loss loss, Matrix logits, Matrix targets, Matrix grad) {
    Checks.lossGrad(loss, logits, targets, grad);
    rows.loss(loss, logits, targets, 0, addresses.of(grad));
  }

  @Override
  public void rowLossesAndGrad(
      Loss loss, Matrix logits, Matrix targets, Matrix rowLosses, Matrix grad) {
    Checks.rowLossesAndGrad(loss, logits, targets, rowLosses, grad);
    rows.loss(loss, logits, targets, addresses.of(rowLosses), addresses.of(grad));
  }

  // ---- weights ---------------------------------------------------------------------------------

  @Override
  public void penalty(Penalty penalty, Matrix rates, Matrix w, Matrix out) {
    Checks.penalty(penalty, rates, w, out);
    weights.penalty(penalty, rates, w, out);
  }

  @Override
  public void penalty(Penalty penalty, RowGroups groups, Matrix rates, Matrix w, Matrix out) {
    Checks.penalty(groups, rates, w, out);
    weights.penalty(penalty, groups, rates, w, out);
  }

  @Override
  public void update(
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      Matrix w,
      Matrix grad,
      Matrix state,
      Matrix rates) {
    Checks.update(rule, penalty, w, grad, state, rates);
    weights.update(rule, penalty, method, w, grad, state, rates, 0);
  }

  @Override
  public void penaltyAndUpdate(
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      Matrix w,
      Matrix grad,
      Matrix state,
      Matrix rates,
      Matrix penaltyOut) {
    Checks.penaltyAndUpdate(rule, penalty, w, grad, state, rates, penaltyOut);
    weights.update(rule, penalty, method, w, grad, state, rates, addresses.of(penaltyOut));
  }

  @Override
  public void update(
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      RowGroups groups,
      Matrix w,
      Matrix grad,
      Matrix state,
      Matrix rates) {
    Checks.update(rule, groups, w, grad, state, rates);
    weights.update(rule, penalty, method, groups, w, grad, state, rates);
  }

  @Override
  public void shrinkRows(UpdateRule rule, Penalty penalty, Matrix w, Matrix state, Matrix amounts) {
    Checks.shrinkRows(rule, penalty, w, state, amounts);
    weights.shrinkRows(rule, penalty, w, state, amounts);
  }

  @Override
  public void countZeros(Matrix x, Matrix out) {
    Checks.countZeros(x, out);
    rows.countZeros(x, out);
  }

  // ---- recording -------------------------------------------------------------------------------

  @Override
  public void together(Runnable first, Runnable second) {
    queue.together(first, second);
  }

  @Override
  public Recording record(Runnable step) {
    memory.requireOpen();
    Recorder.Recorded recorded = queue.record(step);
    @Nullable Program program = null;
    try {
      program = program(recorded.phases());
      StepRecording recording =
          new StepRecording(session, memory, recorded, program, settings.replay());
      recordings.removeIf(StepRecording::isClosed);
      recordings.add(recording);
      return recording;
    } catch (DeviceException e) {
      if (program != null) {
        program.close();
      }
      session.free(() -> session.driver().destroy(recorded.graph()));
      throw e;
    }
  }

  /** The step as one kernel; null if it cannot be one, or need not be. */
  private @Nullable Program program(List<List<Recorder.Call>> phases) {
    if (phases.isEmpty() || settings.replay() == ReplayMode.GRAPH) {
      return null;
    }
    try {
      return Program.of(session, staging, phases);
    } catch (DriverException e) {
      if (e.isRefusedLaunch() && settings.replay() == ReplayMode.AUTO) {
        return null; // of two ways to run it the device has one
      }
      throw e;
    }
  }

  @Override
  public void close() {
    occupancy.close(this::free);
  }

  private void free() {
    if (closed) {
      return;
    }
    closed = true;
    recordings.forEach(StepRecording::close);
    memory.close();
    staging.close();
    session.close();
    arena.close();
  }
}
