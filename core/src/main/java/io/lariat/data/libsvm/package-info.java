/**
 * libsvm files. Not exported: {@link io.lariat.data.Libsvm} and {@link io.lariat.data.Table} read
 * them.
 *
 * <p>Reading order: {@link io.lariat.data.libsvm.LibsvmFormat}, {@code LibsvmFile}, {@code
 * LibsvmLines}.
 */
@NullMarked
package io.lariat.data.libsvm;

import org.jspecify.annotations.NullMarked;
