/**
 * Text from outside and for people: numerals as they are read, names and numbers as messages show
 * them. Needs nothing else of Lariat. Not exported.
 *
 * <p>Reading order: {@link io.lariat.internal.text.CellKind} (what a cell's text is) with {@link
 * io.lariat.internal.text.DecimalDouble} and {@link io.lariat.internal.text.Notation}; {@link
 * io.lariat.internal.text.Excerpt} (text in a message), {@link io.lariat.internal.text.NumberText}.
 */
@NullMarked
package io.lariat.internal.text;

import org.jspecify.annotations.NullMarked;
