/**
 * The one class that names types of JCuda. Defined by {@code JCudaLoader}, so nothing else may name
 * it: it is reached through {@link io.lariat.cuda.driver.Driver} and {@link
 * io.lariat.cuda.driver.Blas} alone.
 */
@NullMarked
package io.lariat.cuda.jcuda;

import org.jspecify.annotations.NullMarked;
