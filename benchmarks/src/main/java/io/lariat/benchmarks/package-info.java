/**
 * JMH benchmarks. Every result is verified in setup before it is timed, and every rate stands
 * beside a bound measured in the same process: the floating-point peak of one core, or, where a
 * file is read, going through its bytes.
 *
 * <p>Reading order: {@link io.lariat.benchmarks.FmaPeak}, {@link io.lariat.benchmarks.ShareOfPeak},
 * {@link io.lariat.benchmarks.ProductBenchmark} (kernels), {@link
 * io.lariat.benchmarks.StepBenchmark} (whole training steps), {@link
 * io.lariat.benchmarks.CsvBenchmark} (reading a file).
 */
@NullMarked
package io.lariat.benchmarks;

import org.jspecify.annotations.NullMarked;
