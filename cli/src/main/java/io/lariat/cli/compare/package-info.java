/** {@code lariat compare}: {@code CompareCommand}, and its table, {@code CompareCsv}. */
@NullMarked
package io.lariat.cli.compare;

import org.jspecify.annotations.NullMarked;
