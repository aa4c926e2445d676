package io.lariat.cuda;

import io.lariat.backend.Activation;
import io.lariat.backend.Dropout;
import io.lariat.backend.ElementLoss;
import io.lariat.backend.Indices;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;

/** Operations on elements and on rows, each one kernel, bound by memory. */
final class RowOperations {
  /** Rows that one block sums, a multiple of its warps. */
  private static final int SUMMED_ROWS = 512;

  private final Addresses addresses;
  private final WorkQueue queue;
  private final Arguments arguments;

  RowOperations(Addresses addresses, WorkQueue queue, Arguments arguments) {
    this.addresses = addresses;
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
        .pointer(addresses.of(from))
        .pointer(addresses.of(numbers))
        .pointer(addresses.of(to))
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
          .pointer(addresses.of(x))
          .pointer(addresses.of(out))
          .integer(x.rows())
          .integer(x.cols());
      launchByRows(Kernel.SOFTMAX, x.rows());
      return;
    }
    arguments
        .begin()
        .pointer(addresses.of(x))
        .pointer(bias)
        .pointer(addresses.of(out))
        .number(x.size())
        .integer(x.cols())
        .integer(Codes.of(f));
    launchByElements(Kernel.ACTIVATE, x.size());
  }

  /** {@code grad = grad * f'(v)}. */
  void activateGrad(Activation f, Matrix v, Matrix grad) {
    arguments.begin().pointer(addresses.of(v)).pointer(addresses.of(grad));
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
        .pointer(addresses.of(x))
        .pointer(addresses.of(out))
        .pointer(queue.lane().columnPartials())
        .pointer(queue.lane().arrivals())
        .integer(x.rows())
        .integer(x.cols())
        .integer(chunk);
    queue.launch(Kernel.SUM_ROWS, columns * Math.ceilDiv(x.rows(), chunk), arguments);
  }

  /** Inverted dropout by the hash of {@link Dropout#keeps}. */
  void dropout(double rate, Indices key, Matrix x, Matrix out) {
    arguments
        .begin()
        .pointer(addresses.of(x))
        .pointer(addresses.of(key))
        .pointer(addresses.of(out))
        .integer((int) x.size())
        .integer(Dropout.threshold(rate))
        .real(Dropout.scale(rate));
    launchByElements(Kernel.DROPOUT, x.size());
  }

  /** The loss; {@code rowLosses} and {@code grad} are addresses, or 0 for what is not wanted. */
  void loss(Loss loss, Matrix logits, Matrix targets, long rowLosses, long grad) {
    double perRow = 1.0 / logits.rows();
    boolean isByElements = loss instanceof ElementLoss;
    arguments
        .begin()
        .pointer(addresses.of(logits))
        .pointer(addresses.of(targets))
        .pointer(rowLosses)
        .pointer(grad)
        .integer(logits.rows())
        .integer(logits.cols())
        .integer(Codes.of(loss))
        .real(loss.parameter())
        .real(isByElements ? perRow / logits.cols() : perRow);
    launchByRows(Kernel.LOSS, logits.rows());
  }

  /** {@code out} = the number of zeros of each row. */
  void countZeros(Matrix x, Matrix out) {
    arguments
        .begin()
        .pointer(addresses.of(x))
        .pointer(addresses.of(out))
        .integer(x.rows())
        .integer(x.cols());
    launchByRows(Kernel.COUNT_ZEROS, x.rows());
  }
}
