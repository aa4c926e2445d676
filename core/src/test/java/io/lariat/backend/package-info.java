/**
 * Tests of the SPI itself. What every backend must satisfy is in {@link
 * io.lariat.backend.contract.BackendContract}.
 */
@NullMarked
package io.lariat.backend;

import org.jspecify.annotations.NullMarked;
