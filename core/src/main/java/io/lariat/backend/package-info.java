/**
 * The backend SPI: what a processor has to be able to do for Lariat to train on it.
 *
 * <p>Reading order: {@link io.lariat.backend.Matrix} and {@link io.lariat.backend.Storage}
 * (memory), {@link io.lariat.backend.Arena} (its scope), {@link io.lariat.backend.Backend} (the
 * operations), {@link io.lariat.backend.Occupancy} (one caller at a time), {@link
 * io.lariat.backend.Activation}, {@link io.lariat.backend.Loss}, {@link io.lariat.backend.Penalty}
 * and {@link io.lariat.backend.UpdateRule} (what the operations are parameterised with), {@link
 * io.lariat.backend.BackendProvider} and {@link io.lariat.backend.Backends} (how one is found).
 *
 * <p>A backend depends on this package and on nothing else of Lariat.
 */
@NullMarked
package io.lariat.backend;

import org.jspecify.annotations.NullMarked;
