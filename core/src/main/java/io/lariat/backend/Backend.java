package io.lariat.backend;

/**
 * What a processor does for Lariat: memory, and the operations of a dense network's training step.
 *
 * <p>The operations without a body are mandatory. Those with one are <em>fusions</em>: right by
 * default, as a composition of mandatory ones, and overridden where one pass is faster than
 * several; docs/writing-a-backend.md says what each buys. {@link #canBeLost}, {@link #allocateData}
 * and {@link #arena} are no operations but <em>answers</em> about a backend's memory, right by
 * default for memory that is the host's.
 *
 * <p><b>Errors.</b> Every operation checks shapes, aliasing, ownership and liveness before it
 * touches memory: a wrong shape, a forbidden overlap or memory of another backend is an {@link
 * IllegalArgumentException} with the text that {@link Checks} gives (the same for all backends);
 * use after close is an {@link IllegalStateException}; both name the matrix. Nothing has been
 * written then, except that a fusion's default notices foreign or closed memory only when it gets
 * there.
 *
 * <p><b>Aliasing.</b> An output must not overlap an input unless the operation says so; where it
 * may be the same matrix it must be exactly the same view.
 *
 * <p><b>Threads.</b> A backend is used by one caller at a time, from any thread; {@link #occupancy}
 * refuses a second one. Several backends may be open side by side.
 *
 * <p><b>Determinism.</b> The same calls give the same bits, whatever number of threads a backend
 * uses inside.
 */
public interface Backend extends AutoCloseable {

  /** The name by which it is selected: {@code simd}. */
  String name();

  /** What was found, for people: {@code simd (512-bit vectors, 2 threads)}. */
  String description();

  /** Who uses it: the same object always, which {@link #close} asks too. */
  Occupancy occupancy();

  // ---- memory ----------------------------------------------------------------------------------

  /**
   * Whether its memory can be lost while the JVM lives on, as that of a device that fails; then
   * what must not be lost is better read once in a while.
   */
  default boolean canBeLost() {
    return false;
  }

  /**
   * A block of {@code floats} zeros.
   *
   * @throws IllegalArgumentException if {@code floats} is less than 1
   */
  Storage allocate(long floats);

  /**
   * Room for a data set, of which operations read only some rows at a time: like {@link #allocate},
   * but a backend whose fast memory has no room for it may take slower memory, {@link
   * Storage#isFar}.
   */
  default Storage allocateData(long floats) {
    return allocate(floats);
  }

  /**
   * A vector of {@code length} zeros.
   *
   * @throws IllegalArgumentException if {@code length} is less than 1
   */
  Indices allocateIndices(int length);

  /**
   * A scope of memory: all that is allocated through it is freed together. An owner of more than
   * one block allocates so, that none is left when a later one has no room. There is nothing in it
   * to override.
   */
  default Arena arena() {
    return new Arena(this);
  }

  /**
   * Copies {@code target.size()} floats of {@code source}, from {@code from} on, to the backend.
   */
  void write(float[] source, int from, Matrix target);

  /** Copies all of {@code source} into {@code target}, from {@code to} on. */
  void read(Matrix source, float[] target, int to);

  /**
   * Copies {@code target.length()} ints of {@code source}, from {@code from} on, to the backend.
   */
  void write(int[] source, int from, Indices target);

  /** {@code to = from}, of the same shape, not overlapping. */
  void copy(Matrix from, Matrix to);

  // ---- rows ------------------------------------------------------------------------------------

  /**
   * {@code out[i] = source[rows[i]]} for each row of {@code out [rows.length x source.cols]}: a
   * mini-batch.
   *
   * <p>Row numbers outside the source are an {@link IndexOutOfBoundsException} where the backend
   * can see them without waiting for a device, else undefined contents of {@code out}, never access
   * outside the source.
   */
  void gatherRows(Matrix source, Indices rows, Matrix out);

  /**
   * {@code out[rows[i]] = source[i]} for each row of {@code source [rows.length x out.cols]}; rows
   * must not repeat. Row numbers as in {@link #gatherRows}.
   */
  void scatterRows(Matrix source, Indices rows, Matrix out);

  // ---- a dense layer ---------------------------------------------------------------------------

  /** {@code out = a b}, {@code a' b} or {@code a b'}; see {@link Product} for the shapes. */
  void matmul(Product product, Matrix a, Matrix b, Matrix out);

  /**
   * {@code out = a b} for a sparse {@code a}, each element a sum over a's elements in the order in
   * which they lie; a zero that is not there takes no part, so it hides a NaN of {@code b}.
   *
   * <p>Starts that do not ascend from 0 to the room for elements, and columns outside {@code a},
   * are an {@link IndexOutOfBoundsException} where the backend can see them without waiting for a
   * device, else undefined contents of {@code out}, never access outside.
   *
   * @param a {@code [rows x depth]}
   * @param b {@code [depth x cols]}
   * @param out {@code [rows x cols]}
   */
  void matmul(SparseMatrix a, Matrix b, Matrix out);

  /** {@code out = x + bias}, the {@code bias [1 x cols]} added to each row; out may be x. */
  void addBias(Matrix x, Matrix bias, Matrix out);

  /** {@code out = f(x)}; out may be x. */
  void activate(Activation f, Matrix x, Matrix out);

  /**
   * The gradient through an activation, in place: {@code grad = grad * f'(v)}.
   *
   * @param v of the same shape, what {@link Activation#needs} says: the activation's output or its
   *     input
   */
  void activateGrad(Activation f, Matrix v, Matrix grad);

  /** {@code out[1 x cols]} = the sum of the rows of {@code x}: the gradient of a bias. */
  void sumRows(Matrix x, Matrix out);

  /**
   * Inverted dropout: each element is kept and multiplied by {@link Dropout#scale}, or is zero,
   * even if it was NaN; out may be x. Which ones is a function of {@code key}, one int in backend
   * memory, and of the element's place, the same on every backend: {@link Dropout#keeps}. The
   * gradient is the same operation, with the same key, applied to the gradient.
   */
  void dropout(double rate, Indices key, Matrix x, Matrix out);

  // ---- losses ----------------------------------------------------------------------------------

  /**
   * What each row contributes to the loss and to the metric: {@code out [rows x 2]}, column 0 the
   * data loss, column 1 the metric, as {@link Loss} defines them. A target that is no class number
   * gives an undefined result or an exception, never access outside.
   */
  void rowLosses(Loss loss, Matrix logits, Matrix targets, Matrix out);

  /**
   * The gradient of the batch's mean loss, as {@link Loss#gradient} defines it with a scale of
   * {@code 1 / rows}: {@code grad}, of the logits' shape; it may be logits.
   */
  void lossGrad(Loss loss, Matrix logits, Matrix targets, Matrix grad);

  // ---- weights ---------------------------------------------------------------------------------

  /**
   * {@code out[1 x 1] = l1 * sum |w| + l2 * sum w^2}, times the strengths of {@link UpdateRule}.
   *
   * @param penalty without a group part
   * @param rates {@code [1 x 7]}, of which the strengths are looked at
   */
  void penalty(Penalty penalty, Matrix rates, Matrix w, Matrix out);

  /**
   * {@code out[1 x 1]} = the sum over groups of rows of {@code factor * (l1 * sum |w| + l2 * sum
   * w^2 + group * sqrt(rows) * ||w||)}, times the strengths of {@link UpdateRule}.
   *
   * @param rates {@code [1 x 7]}, of which the strengths are looked at
   * @param w {@code [groups.rows x units]}
   */
  void penalty(Penalty penalty, RowGroups groups, Matrix rates, Matrix w, Matrix out);

  /**
   * One step of an optimizer over a block of weights; {@link UpdateRule} has the arithmetic.
   *
   * @param penalty without a group part
   * @param w the weights, {@code [1 x n]}, updated in place
   * @param grad the gradient of the data loss, {@code [1 x n]}
   * @param state {@code [rule.stateRows() x n]}, updated in place; for a rule without state any
   *     matrix, which is not looked at
   * @param rates {@code [1 x 7]}, what {@link UpdateRule} says of this step
   */
  void update(
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      Matrix w,
      Matrix grad,
      Matrix state,
      Matrix rates);

  /**
   * One step of an optimizer over a kernel whose rows are in groups; {@link UpdateRule} has the
   * arithmetic.
   *
   * @param w the weights, {@code [groups.rows x units]}, updated in place
   * @param grad the gradient of the data loss, of the same shape
   * @param state {@code [rule.stateRows() x w.size()]}, updated in place; for a rule without state
   *     any matrix, which is not looked at
   * @param rates {@code [1 x 7]}, what {@link UpdateRule} says of this step
   */
  void update(
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      RowGroups groups,
      Matrix w,
      Matrix grad,
      Matrix state,
      Matrix rates);

  /**
   * The proximal shrinkage of steps that left rows of weights out: {@code w = ST(w, c * l1) / (1 +
   * 2 * c * l2)} with a scale of its own for each row.
   *
   * <p>{@code c} is what {@link UpdateRule} says for the optimizer's state as it is, with {@code
   * amounts[i]} in the place of the rate {@code b}. With the sum of the rates of k steps as the
   * amount this is k thresholds of a weight that had no gradient meanwhile: exactly so for l1 alone
   * and a rule without state.
   *
   * @param penalty without a group part
   * @param w the weights, updated in place
   * @param state {@code [rule.stateRows() x w.size()]}; for a rule without state any matrix, which
   *     is not looked at
   * @param amounts {@code [w.rows x 1]}, not negative; a row whose amount is 0 stays as it is
   */
  void shrinkRows(UpdateRule rule, Penalty penalty, Matrix w, Matrix state, Matrix amounts);

  /** {@code out[rows x 1]} = the number of elements of each row of {@code x} that equal zero. */
  void countZeros(Matrix x, Matrix out);

  // ---- fusions ---------------------------------------------------------------------------------

  /** A dense layer: {@code out = f(x w + bias)}. */
  default void dense(Matrix x, Matrix w, Matrix bias, Activation f, Matrix out) {
    Checks.dense(x, w, bias, out);
    matmul(Product.AB, x, w, out);
    addBias(out, bias, out);
    activate(f, out, out);
  }

  /**
   * The gradients of a layer's parameters: {@code wGrad = x' grad}, {@code biasGrad = sum grad}.
   */
  default void parameterGrad(Matrix x, Matrix grad, Matrix wGrad, Matrix biasGrad) {
    Checks.parameterGrad(x, grad, wGrad, biasGrad);
    matmul(Product.ATB, x, grad, wGrad);
    sumRows(grad, biasGrad);
  }

  /**
   * The gradient before the layer below: {@code xGrad = (grad w') * f'(v)}, where {@code f} is that
   * layer's activation.
   *
   * @param v of the shape of {@code xGrad}, what {@link Activation#needs} says: that activation's
   *     output or its input
   */
  default void inputGrad(Matrix grad, Matrix w, Activation f, Matrix v, Matrix xGrad) {
    Checks.inputGrad(grad, w, f, v, xGrad);
    matmul(Product.ABT, grad, w, xGrad);
    activateGrad(f, v, xGrad);
  }

  /** Both {@link #rowLosses} and {@link #lossGrad}; grad must not be logits. */
  default void rowLossesAndGrad(
      Loss loss, Matrix logits, Matrix targets, Matrix rowLosses, Matrix grad) {
    Checks.rowLossesAndGrad(loss, logits, targets, rowLosses, grad);
    rowLosses(loss, logits, targets, rowLosses);
    lossGrad(loss, logits, targets, grad);
  }

  /** {@link #penalty} of the weights as they are, then {@link #update}. */
  default void penaltyAndUpdate(
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      Matrix w,
      Matrix grad,
      Matrix state,
      Matrix rates,
      Matrix penaltyOut) {
    Checks.penaltyAndUpdate(rule, penalty, w, grad, state, rates, penaltyOut);
    penalty(penalty, rates, w, penaltyOut);
    update(rule, penalty, method, w, grad, state, rates);
  }

  /**
   * Runs operations of which none in {@code first} touches what one in {@code second} writes, nor
   * the other way round: by default {@code first}, then {@code second}. A backend may run both at
   * once, with the same bits.
   */
  default void together(Runnable first, Runnable second) {
    first.run();
    second.run();
  }

  /**
   * Records a step so that it can be replayed many times: a backend may turn it into a graph or a
   * plan. {@code step} must call nothing but operations of this backend: no allocation, no {@code
   * read}, no {@code write}. Whatever varies between replays lives in backend memory, which the
   * caller writes before {@link Recording#replay}.
   *
   * <p>Recording may call {@code step} once, or not before the first replay; its operations take
   * effect only when replayed. By default a replay calls {@code step}.
   */
  default Recording record(Runnable step) {
    return step::run;
  }

  /**
   * Frees all memory and threads of this backend. Closing twice does nothing.
   *
   * @throws IllegalStateException if it is in use: see {@link Occupancy#close}
   */
  @Override
  void close();
}
