package io.lariat.numeric;

import io.lariat.backend.Backends;
import io.lariat.backend.PanelProducts;
import java.util.Objects;

/** Which {@link PanelProducts} are the fastest for the work to be done; their bits are the same. */
public final class Panels {
  /**
   * Products of two numbers from which on vectors are asked for: to find the Vector API usable and
   * to compile what uses it takes longer than scalar code takes for few.
   */
  private static final double WORTH_VECTORS = 1e9;

  private static final PanelProducts SCALAR = new ScalarPanels();

  private Panels() {}

  /**
   * Scalar code for little work, else the best there is.
   *
   * @param work how many products of two numbers will be asked for, all in all
   */
  public static PanelProducts of(double work) {
    return work < WORTH_VECTORS ? SCALAR : Best.FOUND;
  }

  /** Looked for once, when first there is much to do. */
  private static final class Best {
    private static final PanelProducts FOUND =
        Objects.requireNonNullElse(Backends.panelProducts(), SCALAR);
  }
}
