/**
 * Data: rows of features with one target each, and the tables that they are read from.
 *
 * <p>Reading order:
 *
 * <ol>
 *   <li>{@link io.lariat.data.Dataset}, its {@link io.lariat.data.Schema} of {@link
 *       io.lariat.data.Column} and {@link io.lariat.data.Target}; {@link io.lariat.data.Features},
 *       rows to predict.
 *   <li>{@link io.lariat.data.SparseRows}; dense rows are kept by io.lariat.internal.rows.
 *   <li>{@link io.lariat.data.Csv} and {@link io.lariat.data.Libsvm}: a file in one line.
 *   <li>{@link io.lariat.data.Table}: any {@link io.lariat.data.TableSource} that can be read, in a
 *       file of some {@link io.lariat.data.TableFormat}; {@link io.lariat.data.TableSink}, {@link
 *       io.lariat.data.RowSink} and {@link io.lariat.data.SparseSink}, what it is read into.
 *   <li>Behind the sinks: {@code InferredRows} with a {@code ColumnReader} a column and {@code
 *       TargetInference}, {@code KnownRows}, {@code InferredElements}, {@code KnownElements};
 *       {@code ReadProblem}, what keeps a table from being read.
 *   <li>{@link io.lariat.data.Standardization}, {@link io.lariat.data.Folds}, {@link
 *       io.lariat.data.ConstantFeatures}.
 * </ol>
 */
@NullMarked
package io.lariat.data;

import org.jspecify.annotations.NullMarked;
