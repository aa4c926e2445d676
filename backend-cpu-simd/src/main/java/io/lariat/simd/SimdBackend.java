package io.lariat.simd;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.backend.Checks;
import io.lariat.backend.ElementLoss;
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
import io.lariat.simd.machine.Job;
import io.lariat.simd.machine.Lanes;
import io.lariat.simd.machine.Ownership;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdIndices;
import io.lariat.simd.machine.SimdStorage;
import io.lariat.simd.machine.WorkerPool;
import io.lariat.simd.plan.StepPlan;
import io.lariat.simd.products.BlockSizes;
import io.lariat.simd.products.MatrixProduct;
import io.lariat.simd.products.SparseProduct;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The backend for every processor whose vectors the JVM can use. Each operation checks its
 * arguments, sets up a {@link Job} that the backend keeps, and hands it to its threads, or runs it
 * on the caller alone where handing it over would cost more than it gains. No operation allocates.
 */
final class SimdBackend implements Backend {
  static final String NAME = "simd";

  /**
   * From how many multiplications on a matrix product is shared among threads: some 15 us of one
   * core. Below that, cache lines that move between cores cost more than the second core gains.
   */
  private static final long MIN_SHARED_PRODUCTS = 1L << 21;

  /**
   * From how many elements on other operations are shared: 256 KB, more than a first-level cache.
   */
  private static final long MIN_SHARED_ELEMENTS = 1L << 16;

  private final String description;
  private final Arena arena;
  private final WorkerPool pool;
  private final MemorySegment zeros;
  private final Occupancy occupancy = new Occupancy();
  private final Ownership ownership = new Ownership(NAME);
  private final Jobs direct;

  /** What is being recorded; null most of the time. */
  private @Nullable StepPlan plan;

  /** Opens one; {@link SimdProvider} has made sure that it can work. */
  @SuppressWarnings("MustBeClosedChecker") // close() closes the arena
  SimdBackend(BackendOptions options) {
    arena = Arena.ofShared();
    int threads = options.threads();
    description =
        String.format(
            Locale.ROOT,
            "%s (%d-bit vectors, %d %s)",
            NAME,
            Lanes.FLOATS.vectorBitSize(),
            threads,
            threads == 1 ? "thread" : "threads");
    Scratch[] scratches = new Scratch[threads];
    for (int i = 0; i < threads; i++) {
      scratches[i] = new Scratch(arena, BlockSizes.SCRATCH_BYTES);
    }
    zeros = SimdStorage.allocate(arena, BlockSizes.WIDTH);
    direct = new Jobs(zeros, threads);
    pool = new WorkerPool("lariat-simd", scratches);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Occupancy occupancy() {
    return occupancy;
  }

  // ---- memory ----------------------------------------------------------------------------------

  @Override
  public Storage allocate(long floats) {
    requireLength("allocate", floats, "floats");
    requireNotRecording("allocate");
    return ownership.allocate(floats);
  }

  @Override
  public Indices allocateIndices(int length) {
    requireLength("allocateIndices", length, "ints");
    requireNotRecording("allocateIndices");
    return SimdIndices.of(ownership.allocate(length));
  }

  @Override
  public void write(float[] source, int from, Matrix target) {
    Checks.write(source, from, target);
    requireNotRecording("write");
    ownership.require(target);
    MemorySegment.copy(
        source,
        from,
        SimdStorage.memory(target),
        Lanes.FLOAT_LAYOUT,
        SimdStorage.at(target),
        (int) target.size());
  }

  @Override
  public void read(Matrix source, float[] target, int to) {
    Checks.read(source, target, to);
    requireNotRecording("read");
    ownership.require(source);
    MemorySegment.copy(
        SimdStorage.memory(source),
        Lanes.FLOAT_LAYOUT,
        SimdStorage.at(source),
        target,
        to,
        (int) source.size());
  }

  @Override
  public void write(int[] source, int from, Indices target) {
    Checks.write(source, from, target);
    requireNotRecording("write");
    ownership.own(target).write(source, from);
  }

  @Override
  public void copy(Matrix from, Matrix to) {
    Checks.copy(from, to);
    ownership.require(from);
    ownership.require(to);
    runElements(jobs().activations.of(Activation.IDENTITY, from, to), from.size());
  }

  // ---- rows ------------------------------------------------------------------------------------

  @Override
  public void gatherRows(Matrix source, Indices rows, Matrix out) {
    Checks.gatherRows(source, rows, out);
    ownership.require(source);
    ownership.require(out);
    SimdIndices numbers = ownership.own(rows);
    runElements(jobs().rowOperations.gather(source, numbers, out), out.size());
  }

  @Override
  public void scatterRows(Matrix source, Indices rows, Matrix out) {
    Checks.scatterRows(source, rows, out);
    ownership.require(source);
    ownership.require(out);
    SimdIndices numbers = ownership.own(rows);
    runElements(jobs().rowOperations.scatter(source, numbers, out), source.size());
  }

  // ---- a dense layer ---------------------------------------------------------------------------

  @Override
  public void matmul(Product p, Matrix a, Matrix b, Matrix out) {
    Checks.matmul(p, a, b, out);
    ownership.require(a);
    ownership.require(b);
    ownership.require(out);
    multiply(p, a, b, null, false, out);
  }

  @Override
  public void matmul(SparseMatrix a, Matrix b, Matrix out) {
    Checks.matmul(a, b, out);
    ownership.require(a.values());
    ownership.require(b);
    ownership.require(out);
    SparseProduct product =
        jobs().sparseProduct.of(a, ownership.own(a.starts()), ownership.own(a.columns()), b, out);
    run(product, product.work() >= MIN_SHARED_PRODUCTS);
  }

  @Override
  public void addBias(Matrix x, Matrix bias, Matrix out) {
    Checks.addBias(x, bias, out);
    ownership.require(x);
    ownership.require(bias);
    ownership.require(out);
    runElements(jobs().rowOperations.addBias(x, bias, out), x.size());
  }

  @Override
  public void activate(Activation f, Matrix x, Matrix out) {
    Checks.activate(f, x, out);
    ownership.require(x);
    ownership.require(out);
    apply(f, x, out);
  }

  @Override
  public void activateGrad(Activation f, Matrix v, Matrix grad) {
    Checks.activateGrad(f, v, grad);
    ownership.require(v);
    ownership.require(grad);
    applyGrad(f, v, grad);
  }

  @Override
  public void sumRows(Matrix x, Matrix out) {
    Checks.sumRows(x, out);
    ownership.require(x);
    ownership.require(out);
    runElements(jobs().rowSums.of(x, out), x.size());
  }

  @Override
  public void dropout(double rate, Indices key, Matrix x, Matrix out) {
    Checks.dropout(rate, key, x, out);
    ownership.require(x);
    ownership.require(out);
    runElements(jobs().dropoutMask.of(rate, ownership.own(key), x, out), x.size());
  }

  @Override
  public void dense(Matrix x, Matrix w, Matrix bias, Activation f, Matrix out) {
    Checks.dense(x, w, bias, out);
    ownership.require(x);
    ownership.require(w);
    ownership.require(bias);
    ownership.require(out);
    if (f == Activation.RELU) {
      multiply(Product.AB, x, w, bias, true, out);
    } else {
      multiply(Product.AB, x, w, bias, false, out);
      apply(f, out, out);
    }
  }

  @Override
  public void parameterGrad(Matrix x, Matrix grad, Matrix wGrad, Matrix biasGrad) {
    Checks.parameterGrad(x, grad, wGrad, biasGrad);
    ownership.require(x);
    ownership.require(grad);
    ownership.require(wGrad);
    ownership.require(biasGrad);
    multiply(Product.ATB, x, grad, null, false, wGrad);
    runElements(jobs().rowSums.of(grad, biasGrad), grad.size());
  }

  @Override
  public void inputGrad(Matrix grad, Matrix w, Activation f, Matrix v, Matrix xGrad) {
    Checks.inputGrad(grad, w, f, v, xGrad);
    ownership.require(grad);
    ownership.require(w);
    ownership.require(v);
    ownership.require(xGrad);
    multiply(Product.ABT, grad, w, null, false, xGrad);
    applyGrad(f, v, xGrad);
  }

  private void multiply(
      Product p, Matrix a, Matrix b, @Nullable Matrix bias, boolean isRelu, Matrix out) {
    MatrixProduct product = jobs().product.of(p, a, b, bias, isRelu, out);
    run(product, product.work() >= MIN_SHARED_PRODUCTS);
  }

  private void apply(Activation f, Matrix x, Matrix out) {
    if (f.isByRow()) {
      runElements(jobs().softmax.forward(x, out), x.size());
    } else if (f != Activation.IDENTITY || !x.sameAs(out)) {
      runElements(jobs().activations.of(f, x, out), x.size());
    }
  }

  private void applyGrad(Activation f, Matrix v, Matrix grad) {
    if (f.isByRow()) {
      runElements(jobs().softmax.gradient(v, grad), v.size());
    } else if (f != Activation.IDENTITY) {
      runElements(jobs().activationGradients.of(f, v, grad), v.size());
    }
  }

  // ---- losses ----------------------------------------------------------------------------------

  @Override
  public void rowLosses(Loss loss, Matrix logits, Matrix targets, Matrix out) {
    Checks.rowLosses(loss, logits, targets, out);
    ownership.require(logits);
    ownership.require(targets);
    ownership.require(out);
    runLoss(loss, logits, targets, out, null);
  }

  @Override
  public void lossGrad(Loss loss, Matrix logits, Matrix targets, Matrix grad) {
    Checks.lossGrad(loss, logits, targets, grad);
    ownership.require(logits);
    ownership.require(targets);
    ownership.require(grad);
    runLoss(loss, logits, targets, null, grad);
  }

  @Override
  public void rowLossesAndGrad(
      Loss loss, Matrix logits, Matrix targets, Matrix rowLosses, Matrix grad) {
    Checks.rowLossesAndGrad(loss, logits, targets, rowLosses, grad);
    ownership.require(logits);
    ownership.require(targets);
    ownership.require(rowLosses);
    ownership.require(grad);
    runLoss(loss, logits, targets, rowLosses, grad);
  }

  private void runLoss(
      Loss loss, Matrix logits, Matrix targets, @Nullable Matrix rowLosses, @Nullable Matrix grad) {
    switch (loss) {
      case CategoricalCrossEntropy _ ->
          runElements(jobs().categoricalLoss.of(logits, targets, rowLosses, grad), logits.size());
      case ElementLoss element ->
          runElements(jobs().losses.of(element, logits, targets, rowLosses, grad), logits.size());
    }
  }

  // ---- weights ---------------------------------------------------------------------------------

  @Override
  public void penalty(Penalty penalty, Matrix rates, Matrix w, Matrix out) {
    Checks.penalty(penalty, rates, w, out);
    ownership.require(rates);
    ownership.require(w);
    ownership.require(out);
    Jobs jobs = jobs();
    runElements(jobs.penaltySum.of(penalty, rates, w, out), w.size());
    run(jobs.penaltyTotal.of(jobs.penaltySum, out), false);
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
    requireOwnUpdate(rule, w, grad, state, rates);
    runElements(
        jobs().weightUpdate.of(rule, penalty, method, w, grad, state, rates, null), w.size());
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
    requireOwnUpdate(rule, w, grad, state, rates);
    ownership.require(penaltyOut);
    Jobs jobs = jobs();
    jobs.penaltySum.of(penalty, rates, w, penaltyOut);
    runElements(
        jobs.weightUpdate.of(rule, penalty, method, w, grad, state, rates, jobs.penaltySum),
        w.size());
    run(jobs.penaltyTotal.of(jobs.penaltySum, penaltyOut), false);
  }

  @Override
  public void penalty(Penalty penalty, RowGroups groups, Matrix rates, Matrix w, Matrix out) {
    Checks.penalty(groups, rates, w, out);
    ownership.require(rates);
    ownership.require(w);
    ownership.require(groups.factors());
    ownership.require(out);
    Jobs jobs = jobs();
    SimdIndices starts = ownership.own(groups.starts());
    runElements(jobs.groupPenalty.of(penalty, groups, starts, rates, w, out), w.size());
    run(jobs.penaltyTotal.of(jobs.groupPenalty, out), false);
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
    requireOwnUpdate(rule, w, grad, state, rates);
    ownership.require(groups.factors());
    SimdIndices starts = ownership.own(groups.starts());
    runElements(
        jobs().groupUpdate.of(rule, penalty, method, groups, starts, w, grad, state, rates),
        w.size());
  }

  @Override
  public void shrinkRows(UpdateRule rule, Penalty penalty, Matrix w, Matrix state, Matrix amounts) {
    Checks.shrinkRows(rule, penalty, w, state, amounts);
    requireOwnUpdate(rule, w, amounts, state, amounts);
    runElements(jobs().rowShrinkage.of(rule, penalty, w, state, amounts), w.size());
  }

  private void requireOwnUpdate(
      UpdateRule rule, Matrix w, Matrix grad, Matrix state, Matrix rates) {
    ownership.require(w);
    ownership.require(grad);
    ownership.require(rates);
    if (rule.stateRows() > 0) { // else any matrix, which need not even be alive
      ownership.require(state);
    }
  }

  @Override
  public void countZeros(Matrix x, Matrix out) {
    Checks.countZeros(x, out);
    ownership.require(x);
    ownership.require(out);
    runElements(jobs().rowOperations.countZeros(x, out), x.size());
  }

  // ---- running and recording ---------------------------------------------------------

  private void runElements(Job job, long elements) {
    run(job, elements >= MIN_SHARED_ELEMENTS);
  }

  /** Runs a job that has been set up, or records it. */
  private void run(Job job, boolean isLarge) {
    if (plan != null) {
      plan.add(job, isLarge);
      return;
    }
    job.begin();
    if (isLarge) {
      pool.run(job);
    } else {
      pool.runAlone(job);
    }
  }

  /** Jobs to set up: always the same ones, but new ones for a recording. */
  private Jobs jobs() {
    return plan == null ? direct : new Jobs(zeros, pool.threads()).record();
  }

  @Override
  public Recording record(Runnable step) {
    ownership.requireOpen();
    requireNotRecording("record");
    StepPlan recorded = new StepPlan(pool, ownership);
    plan = recorded;
    try {
      step.run();
    } finally {
      plan = null;
    }
    return recorded;
  }

  private void requireNotRecording(String operation) {
    if (plan != null) {
      throw new IllegalStateException(
          operation + ": not while a step is recorded; do it before each replay");
    }
  }

  private static void requireLength(String operation, long length, String unit) {
    if (length < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s: expected at least 1 of %s, found %d", operation, unit, length));
    }
  }

  @Override
  public void close() {
    occupancy.close(this::free);
  }

  private void free() {
    if (ownership.isClosed()) {
      return;
    }
    List<SimdStorage> open = ownership.close();
    pool.close();
    open.forEach(SimdStorage::giveBack);
    arena.close();
  }
}
