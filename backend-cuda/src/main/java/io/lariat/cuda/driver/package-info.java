/**
 * What the backend needs of CUDA, in two small interfaces that name no type of JCuda: {@link
 * io.lariat.cuda.driver.Driver} and {@link io.lariat.cuda.driver.Blas}.
 *
 * <p>Public only because the class that implements them with JCuda is defined by a class loader of
 * its own; it is no interface for users.
 */
@NullMarked
package io.lariat.cuda.driver;

import org.jspecify.annotations.NullMarked;
