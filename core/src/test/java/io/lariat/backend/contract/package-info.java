/**
 * What every backend must satisfy. A backend's own test extends {@link
 * io.lariat.backend.contract.BackendContract} and opens the backend; nothing else is needed.
 *
 * <p>Reading order: {@code ExampleContract} (one test, as plain as they come), {@code
 * BackendContract} (what is gathered), {@code Slab} (guarded memory), {@code Expected} and {@code
 * Rounded} (error bounds), {@code ExpectedProducts}, {@code ExpectedActivations} and {@code
 * ExpectedLosses} (the mathematics, written down independently of any backend), then the contracts,
 * one concern each.
 */
@NullMarked
package io.lariat.backend.contract;

import org.jspecify.annotations.NullMarked;
