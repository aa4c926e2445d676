/**
 * The reference backend: every operation of {@link io.lariat.backend.Backend} as plain scalar code,
 * accumulated in double and rounded once. It is the specification in code, works on every machine,
 * and is what {@code auto} falls back to where nothing faster can be used.
 *
 * <p>Reading order: {@link io.lariat.reference.ReferenceBackend} (which operation is where), {@code
 * View} (how an element is read and rounded), {@code ScalarProducts}, {@code ScalarActivations},
 * {@code ScalarLosses}, {@code ScalarUpdate} (the mathematics), {@code HeapStorage} and {@code
 * HeapIndices} (memory).
 */
@NullMarked
package io.lariat.reference;

import org.jspecify.annotations.NullMarked;
