/**
 * Data: rows of features with one target each.
 *
 * <p>Reading order: {@link io.lariat.data.Dataset} and its {@link io.lariat.data.Schema}, {@link
 * io.lariat.data.Csv} (from a file), {@link io.lariat.data.Standardization}.
 */
@NullMarked
package io.lariat.data;

import org.jspecify.annotations.NullMarked;
