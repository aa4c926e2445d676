package io.lariat.simd;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Checks;
import io.lariat.backend.Indices;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Product;
import io.lariat.backend.Storage;
import io.lariat.backend.UpdateRule;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private final Set<SimdStorage> storages = new HashSet<>();
  private volatile boolean closed;

  private final MatrixProduct product;
  private final Activations activations = new Activations();
  private final ActivationGradients activationGradients = new ActivationGradients();
  private final Softmax softmax = new Softmax();
  private final RowSums rowSums = new RowSums();
  private final RowOperations rowOperations = new RowOperations();
  private final DropoutMask dropoutMask = new DropoutMask();
  private final Losses losses = new Losses();
  private final CategoricalLoss categoricalLoss = new CategoricalLoss();
  private final PenaltySum penaltySum = new PenaltySum();
  private final WeightUpdate weightUpdate = new WeightUpdate();

  /** Opens one; {@link SimdProvider} has made sure that it can work. */
  @SuppressWarnings("MustBeClosedChecker") // close() closes the arena
  SimdBackend(BackendOptions options) {
    arena = Arena.ofShared();
    int threads = options.threads();
    description =
        String.format(
            "%s (%d-bit vectors, %d %s)",
            NAME, Lanes.FLOATS.vectorBitSize(), threads, threads == 1 ? "thread" : "threads");
    Scratch[] scratches = new Scratch[threads];
    for (int i = 0; i < threads; i++) {
      scratches[i] = new Scratch(arena);
    }
    MemorySegment zeros = SimdStorage.allocate(arena, (long) Tiles.MAX_VECTORS * Lanes.COUNT);
    product = new MatrixProduct(zeros, threads);
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

  // ---- memory ----------------------------------------------------------------------------------

  @Override
  public Storage allocate(long floats) {
    requireLength("allocate", floats, "floats");
    return allocateStorage(floats);
  }

  @Override
  public Indices allocateIndices(int length) {
    requireLength("allocateIndices", length, "ints");
    return SimdIndices.of(allocateStorage(length));
  }

  @Override
  public void write(float[] source, int from, Matrix target) {
    Checks.write(source, from, target);
    requireOwn(target);
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
    requireOwn(source);
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
    own(target).write(source, from);
  }

  @Override
  public void copy(Matrix from, Matrix to) {
    Checks.copy(from, to);
    requireOwn(from);
    requireOwn(to);
    runElements(activations.of(Activation.IDENTITY, from, to), from.size());
  }

  // ---- rows ------------------------------------------------------------------------------------

  @Override
  public void gatherRows(Matrix source, Indices rows, Matrix out) {
    Checks.gatherRows(source, rows, out);
    requireOwn(source);
    requireOwn(out);
    SimdIndices numbers = own(rows);
    checkRows("gatherRows", numbers, source);
    runElements(rowOperations.gather(source, numbers, out), out.size());
  }

  @Override
  public void scatterRows(Matrix source, Indices rows, Matrix out) {
    Checks.scatterRows(source, rows, out);
    requireOwn(source);
    requireOwn(out);
    SimdIndices numbers = own(rows);
    checkRows("scatterRows", numbers, out);
    runElements(rowOperations.scatter(source, numbers, out), source.size());
  }

  private static void checkRows(String operation, SimdIndices numbers, Matrix matrix) {
    for (int i = 0; i < numbers.length(); i++) {
      Checks.row(operation, numbers.get(i), matrix);
    }
  }

  // ---- a dense layer ---------------------------------------------------------------------------

  @Override
  public void matmul(Product p, Matrix a, Matrix b, Matrix out) {
    Checks.matmul(p, a, b, out);
    requireOwn(a);
    requireOwn(b);
    requireOwn(out);
    multiply(p, a, b, null, false, out);
  }

  @Override
  public void addBias(Matrix x, Matrix bias, Matrix out) {
    Checks.addBias(x, bias, out);
    requireOwn(x);
    requireOwn(bias);
    requireOwn(out);
    runElements(rowOperations.addBias(x, bias, out), x.size());
  }

  @Override
  public void activate(Activation f, Matrix x, Matrix out) {
    Checks.activate(f, x, out);
    requireOwn(x);
    requireOwn(out);
    apply(f, x, out);
  }

  @Override
  public void activateGrad(Activation f, Matrix out, Matrix grad) {
    Checks.activateGrad(f, out, grad);
    requireOwn(out);
    requireOwn(grad);
    applyGrad(f, out, grad);
  }

  @Override
  public void sumRows(Matrix x, Matrix out) {
    Checks.sumRows(x, out);
    requireOwn(x);
    requireOwn(out);
    runElements(rowSums.of(x, out), x.size());
  }

  @Override
  public void dropout(double rate, Indices key, Matrix x, Matrix out) {
    Checks.dropout(rate, key, x, out);
    requireOwn(x);
    requireOwn(out);
    runElements(dropoutMask.of(rate, own(key).get(0), x, out), x.size());
  }

  @Override
  public void dense(Matrix x, Matrix w, Matrix bias, Activation f, Matrix out) {
    Checks.dense(x, w, bias, out);
    requireOwn(x);
    requireOwn(w);
    requireOwn(bias);
    requireOwn(out);
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
    requireOwn(x);
    requireOwn(grad);
    requireOwn(wGrad);
    requireOwn(biasGrad);
    multiply(Product.ATB, x, grad, null, false, wGrad);
    runElements(rowSums.of(grad, biasGrad), grad.size());
  }

  @Override
  public void inputGrad(Matrix grad, Matrix w, Activation f, Matrix x, Matrix xGrad) {
    Checks.inputGrad(grad, w, f, x, xGrad);
    requireOwn(grad);
    requireOwn(w);
    requireOwn(x);
    requireOwn(xGrad);
    multiply(Product.ABT, grad, w, null, false, xGrad);
    applyGrad(f, x, xGrad);
  }

  private void multiply(
      Product p, Matrix a, Matrix b, @Nullable Matrix bias, boolean isRelu, Matrix out) {
    product.of(p, a, b, bias, isRelu, out);
    if (product.work() < MIN_SHARED_PRODUCTS) {
      pool.runAlone(product);
    } else {
      pool.run(product);
    }
  }

  private void apply(Activation f, Matrix x, Matrix out) {
    if (f == Activation.SOFTMAX) {
      runElements(softmax.forward(x, out), x.size());
    } else if (f != Activation.IDENTITY || !x.sameAs(out)) {
      runElements(activations.of(f, x, out), x.size());
    }
  }

  private void applyGrad(Activation f, Matrix y, Matrix grad) {
    if (f == Activation.SOFTMAX) {
      runElements(softmax.gradient(y, grad), y.size());
    } else if (f != Activation.IDENTITY) {
      runElements(activationGradients.of(f, y, grad), y.size());
    }
  }

  // ---- losses ----------------------------------------------------------------------------------

  @Override
  public void scores(Loss loss, Matrix logits, Matrix targets, Matrix out) {
    Checks.scores(loss, logits, targets, out);
    requireOwn(logits);
    requireOwn(targets);
    requireOwn(out);
    runLoss(loss, logits, targets, out, null);
  }

  @Override
  public void lossGrad(Loss loss, Matrix logits, Matrix targets, Matrix grad) {
    Checks.lossGrad(loss, logits, targets, grad);
    requireOwn(logits);
    requireOwn(targets);
    requireOwn(grad);
    runLoss(loss, logits, targets, null, grad);
  }

  @Override
  public void scoresAndGrad(Loss loss, Matrix logits, Matrix targets, Matrix scores, Matrix grad) {
    Checks.scoresAndGrad(loss, logits, targets, scores, grad);
    requireOwn(logits);
    requireOwn(targets);
    requireOwn(scores);
    requireOwn(grad);
    runLoss(loss, logits, targets, scores, grad);
  }

  private void runLoss(
      Loss loss, Matrix logits, Matrix targets, @Nullable Matrix scores, @Nullable Matrix grad) {
    if (loss == Loss.CATEGORICAL_CROSSENTROPY) {
      runElements(categoricalLoss.of(logits, targets, scores, grad), logits.size());
    } else {
      runElements(losses.of(loss, logits, targets, scores, grad), logits.size());
    }
  }

  // ---- weights ---------------------------------------------------------------------------------

  @Override
  public void penalty(Penalty penalty, Matrix w, Matrix out) {
    Checks.penalty(w, out);
    requireOwn(w);
    requireOwn(out);
    runElements(penaltySum.of(penalty, w), w.size());
    setPenalty(out);
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
    Checks.update(rule, w, grad, state, rates);
    requireOwnUpdate(rule, w, grad, state, rates);
    runElements(weightUpdate.of(rule, penalty, method, w, grad, state, rates, null), w.size());
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
    Checks.penaltyAndUpdate(rule, w, grad, state, rates, penaltyOut);
    requireOwnUpdate(rule, w, grad, state, rates);
    requireOwn(penaltyOut);
    penaltySum.of(penalty, w);
    runElements(
        weightUpdate.of(rule, penalty, method, w, grad, state, rates, penaltySum), w.size());
    setPenalty(penaltyOut);
  }

  private void setPenalty(Matrix out) {
    SimdStorage.memory(out).set(Lanes.FLOAT_LAYOUT, SimdStorage.at(out), penaltySum.total());
  }

  private void requireOwnUpdate(
      UpdateRule rule, Matrix w, Matrix grad, Matrix state, Matrix rates) {
    requireOwn(w);
    requireOwn(grad);
    requireOwn(rates);
    if (rule.stateRows() > 0) { // else any matrix, which need not even be alive
      requireOwn(state);
    }
  }

  @Override
  public void countZeros(Matrix x, Matrix out) {
    Checks.countZeros(x, out);
    requireOwn(x);
    requireOwn(out);
    runElements(rowOperations.countZeros(x, out), x.size());
  }

  // ---- threads, ownership and liveness ---------------------------------------------------------

  private void runElements(Job job, long elements) {
    if (elements < MIN_SHARED_ELEMENTS) {
      pool.runAlone(job);
    } else {
      pool.run(job);
    }
  }

  private SimdStorage allocateStorage(long items) {
    synchronized (storages) {
      requireOpen();
      SimdStorage storage = new SimdStorage(this, items);
      storages.add(storage);
      return storage;
    }
  }

  /** Takes a storage off the list; whether it was on it. */
  boolean forget(SimdStorage storage) {
    synchronized (storages) {
      return storages.remove(storage);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the " + NAME + " backend is closed");
    }
  }

  private void requireOwn(Matrix m) {
    requireOpen();
    if (!(m.storage() instanceof SimdStorage storage) || storage.owner() != this) {
      throw foreign(m.describe(), m.storage());
    }
    if (storage.isClosed()) {
      throw new IllegalStateException(m.describe() + ": its storage is closed");
    }
  }

  private SimdIndices own(Indices indices) {
    requireOpen();
    if (!(indices instanceof SimdIndices own) || own.storage().owner() != this) {
      throw foreign("indices [" + indices.length() + "]", indices);
    }
    if (own.storage().isClosed()) {
      throw new IllegalStateException("indices [" + own.length() + "]: they are closed");
    }
    return own;
  }

  private static IllegalArgumentException foreign(String what, Object found) {
    boolean isSimd = found instanceof SimdStorage || found instanceof SimdIndices;
    String other = isSimd ? "another " + NAME + " backend" : "another backend";
    return new IllegalArgumentException(
        String.format(
            "%s: expected memory that this %s backend allocated, found %s of %s",
            what, NAME, found.getClass().getSimpleName(), other));
  }

  private static void requireLength(String operation, long length, String unit) {
    if (length < 1) {
      throw new IllegalArgumentException(
          String.format("%s: expected at least 1 of %s, found %d", operation, unit, length));
    }
  }

  @Override
  public void close() {
    List<SimdStorage> open;
    synchronized (storages) {
      if (closed) {
        return;
      }
      closed = true;
      open = List.copyOf(storages);
      storages.clear();
    }
    pool.close();
    open.forEach(SimdStorage::free);
    arena.close();
  }
}
