package io.lariat.cuda;

import io.lariat.backend.Activation;
import io.lariat.backend.ElementLoss;
import io.lariat.backend.Indices;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;

/** Operations on elements and on rows, each one kernel, bound by memory. */
final class RowOperations {
  /** Rows that one block sums, a multiple of its warps. */
  private static final int SUMMED_ROWS = 512;

  private final CudaBackend backend;
  private final WorkQueue queue;
  private final Arguments arguments;

  RowOperations(CudaBackend backend, WorkQueue queue, Arguments arguments) {
    this.backend = backend;
    this.queue = queue;
    this.arguments = arguments;
  }

  private void launchByElements(Kernel kernel, long elements) {
    queue.launch(kernel, Math.ceilDiv(elements, Kernel.THREADS), arguments);
  }

  private void launchByRows(Kernel kernel, int rows) {
    queue.launch(kernel, Math.ceilDiv(rows, Kernel.WARPS), arguments);
  }

  /** Gathers or scatters; {@code outside} is the rows of what the numbers point into. */
  void move(Kernel kernel, Matrix from, Indices numbers, Matrix to, int outside) {
    arguments
        .begin()
        .pointer(backend.address(from))
        .pointer(backend.address(numbers))
        .pointer(backend.address(to))
        .integer(numbers.length())
        .integer(from.cols())
        .integer(outside);
    launchByElements(kernel, (long) numbers.length() * from.cols());
  }

  /** {@code out = f(x + bias)}, {@code bias} being an address or 0. */
  void activate(Activation f, Matrix x, long bias, Matrix out) {
    if (f.isByRow()) {
      arguments
          .begin()
          .pointer(backend.address(x))
          .pointer(backend.address(out))
          .integer(x.rows())
          .integer(x.cols());
      launchByRows(Kernel.SOFTMAX, x.rows());
      return;
    }
    arguments
        .begin()
        .pointer(backend.address(x))
        .pointer(bias)
        .pointer(backend.address(out))
        .number(x.size())
        .integer(x.cols())
        .integer(Codes.of(f));
    launchByElements(Kernel.ACTIVATE, x.size());
  }

  /** {@code grad = grad * f'(v)}. */
  void activateGrad(Activation f, Matrix v, Matrix grad) {
    arguments.begin().pointer(backend.address(v)).pointer(backend.address(grad));
    if (f.isByRow()) {
      arguments.integer(v.rows()).integer(v.cols());
      launchByRows(Kernel.SOFTMAX_GRAD, v.rows());
    } else if (f != Activation.IDENTITY) {
      arguments.number(v.size()).integer(Codes.of(f));
      launchByElements(Kernel.ACTIVATE_GRAD, v.size());
    }
  }

  /** {@code out} = the sum of the rows. */
  void sum(Matrix x, Matrix out) {
    int chunk = SUMMED_ROWS;
    long columns = Math.ceilDiv(x.cols(), Kernel.LANES);
    int most = Lane.COLUMN_PARTIALS / x.cols();
    if (most == 0 || columns > Lane.ARRIVALS) {
      chunk = x.rows();
    } else {
      chunk = Math.max(chunk, Math.ceilDiv(x.rows(), most));
    }
    arguments
        .begin()
        .pointer(backend.address(x))
        .pointer(backend.address(out))
        .pointer(queue.lane().columnPartials())
        .pointer(queue.lane().arrivals())
        .integer(x.rows())
        .integer(x.cols())
        .integer(chunk);
    queue.launch(Kernel.SUM_ROWS, columns * Math.ceilDiv(x.rows(), chunk), arguments);
  }

  /** The loss; {@code scores} and {@code grad} are addresses, or 0 for what is not wanted. */
  void loss(Loss loss, Matrix logits, Matrix targets, long scores, long grad) {
    double perRow = 1.0 / logits.rows();
    boolean isByElements = loss instanceof ElementLoss;
    arguments
        .begin()
        .pointer(backend.address(logits))
        .pointer(backend.address(targets))
        .pointer(scores)
        .pointer(grad)
        .integer(logits.rows())
        .integer(logits.cols())
        .integer(Codes.of(loss))
        .real(isByElements ? perRow / logits.cols() : perRow);
    launchByRows(Kernel.LOSS, logits.rows());
  }

  /** {@code out} = the number of zeros of each row. */
  void countZeros(Matrix x, Matrix out) {
    arguments
        .begin()
        .pointer(backend.address(x))
        .pointer(backend.address(out))
        .integer(x.rows())
        .integer(x.cols());
    launchByRows(Kernel.COUNT_ZEROS, x.rows());
  }
}
