package io.lariat.select;

/** How a penalty grows with the norm t of a group, from slope 1 at 0. */
interface PenaltyShape {
  /** {@code phi(t) = t}, convex. */
  PenaltyShape LINEAR =
      new PenaltyShape() {
        @Override
        public double value(double t) {
          return t;
        }

        @Override
        public double slope(double t) {
          return 1;
        }
      };

  /** The penalty of norm {@code t}. */
  double value(double t);

  /** Its derivative. */
  double slope(double t);

  /** {@code tau log(1 + t / tau)} (Candes, Wakin and Boyd 2008): flatter, but never flat. */
  static PenaltyShape logarithmic(double tau) {
    return new PenaltyShape() {
      @Override
      public double value(double t) {
        return tau * Math.log1p(t / tau);
      }

      @Override
      public double slope(double t) {
        return tau / (tau + t);
      }
    };
  }

  /**
   * {@code t - t^2 / (2 range)}, and from {@code t = range} on constant: the minimax concave
   * penalty (Zhang 2010), which does not touch large groups.
   */
  static PenaltyShape minimaxConcave(double range) {
    return new PenaltyShape() {
      @Override
      public double value(double t) {
        return t < range ? t - t * t / (2 * range) : range / 2;
      }

      @Override
      public double slope(double t) {
        return t < range ? 1 - t / range : 0;
      }
    };
  }
}
