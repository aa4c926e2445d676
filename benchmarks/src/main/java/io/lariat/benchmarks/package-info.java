/**
 * JMH benchmarks. Every result is verified in setup before it is timed, and every rate stands
 * beside a bound measured in the same process: the floating-point peak of one core, the memory
 * traffic without arithmetic, or, where a file is read, going through its bytes.
 *
 * <p>Reading order: {@link io.lariat.benchmarks.FmaPeak}, {@link io.lariat.benchmarks.ShareOfPeak},
 * {@link io.lariat.benchmarks.ProductBenchmark} (kernels), {@link
 * io.lariat.benchmarks.SparseProductBenchmark} and {@link io.lariat.benchmarks.SparseBenchmark}
 * (weights with zeros), {@link io.lariat.benchmarks.SevenStreams} and {@link
 * io.lariat.benchmarks.UpdateBenchmark} (memory traffic), {@link
 * io.lariat.benchmarks.StepBenchmark} (whole training steps), {@link io.lariat.benchmarks.Scaling}
 * (epochs by size, with plots), {@link io.lariat.benchmarks.SparseRowsTimes} (training on sparse
 * rows), {@link io.lariat.benchmarks.CsvBenchmark} (reading a file).
 */
@NullMarked
package io.lariat.benchmarks;

import org.jspecify.annotations.NullMarked;
