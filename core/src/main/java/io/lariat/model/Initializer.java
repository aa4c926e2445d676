package io.lariat.model;

import java.util.random.RandomGenerator;

/** How a kernel's initial weights are drawn; biases start at zero. */
public enum Initializer {
  /** Uniform in {@code +-sqrt(6 / (in + out))}: Glorot and Bengio 2010, equation 16. */
  GLOROT_UNIFORM {
    @Override
    float draw(RandomGenerator random, int in, int out) {
      return uniform(random, Math.sqrt(6.0 / ((double) in + out)));
    }
  },
  /** Normal with deviation {@code sqrt(2 / (in + out))}: Glorot and Bengio 2010. */
  GLOROT_NORMAL {
    @Override
    float draw(RandomGenerator random, int in, int out) {
      return (float) (random.nextGaussian() * Math.sqrt(2.0 / ((double) in + out)));
    }
  },
  /** Uniform in {@code +-sqrt(6 / in)}: He et al. 2015, equation 10. */
  HE_UNIFORM {
    @Override
    float draw(RandomGenerator random, int in, int out) {
      return uniform(random, Math.sqrt(6.0 / in));
    }
  },
  /** Normal with deviation {@code sqrt(2 / in)}: He et al. 2015, equation 10. */
  HE_NORMAL {
    @Override
    float draw(RandomGenerator random, int in, int out) {
      return (float) (random.nextGaussian() * Math.sqrt(2.0 / in));
    }
  };

  /** One weight of a kernel {@code [in x out]}. */
  abstract float draw(RandomGenerator random, int in, int out);

  private static float uniform(RandomGenerator random, double limit) {
    return (float) ((2 * random.nextDouble() - 1) * limit);
  }
}
