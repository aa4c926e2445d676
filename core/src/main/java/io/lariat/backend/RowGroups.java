package io.lariat.backend;

import java.util.Locale;

/**
 * Groups of neighbouring rows of a kernel that are penalised together, in backend memory: group
 * {@code i} is the rows {@code starts[i]} to {@code starts[i + 1] - 1}, its penalty is multiplied
 * by {@code factors[i]}.
 *
 * <p>Starts must ascend from 0 to the number of rows, each group having at least one row; factors
 * must be finite and not negative. Starts that do not are an {@link IndexOutOfBoundsException} of
 * the operation that uses them where the backend can see them without waiting for a device, else
 * undefined contents of what it writes, never access outside.
 *
 * @param starts {@code groups + 1} row numbers
 * @param factors {@code [groups x 1]}; 0 for a group that is protected from the penalty
 * @param rows the number of rows of the kernel, at least 1
 */
public record RowGroups(Indices starts, Matrix factors, int rows) {

  /**
   * Checks that the parts go together; what is in them is checked by the operations.
   *
   * @throws IllegalArgumentException if they do not
   */
  public RowGroups {
    if (rows < 1
        || factors.cols() != 1
        || starts.length() != factors.rows() + 1L
        || factors.rows() > rows) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "groups of %d rows: %d starts, %s",
              rows,
              starts.length(),
              factors.describe()));
    }
  }

  /** The number of groups. */
  public int count() {
    return factors.rows();
  }

  /** For messages: {@code 3 groups of 30 rows}. */
  public String describe() {
    return count() + " groups of " + rows + " rows";
  }
}
