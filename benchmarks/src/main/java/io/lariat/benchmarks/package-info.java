/**
 * JMH benchmarks. Every result is verified in setup before it is timed, and every rate stands
 * beside the floating-point peak of one core, measured in the same process just before.
 *
 * <p>Reading order: {@link io.lariat.benchmarks.FmaPeak}, {@link io.lariat.benchmarks.ShareOfPeak},
 * {@link io.lariat.benchmarks.ProductBenchmark} (kernels), {@link
 * io.lariat.benchmarks.StepBenchmark} (whole training steps).
 */
@NullMarked
package io.lariat.benchmarks;

import org.jspecify.annotations.NullMarked;
