/** {@code lariat compact}: {@code CompactCommand}. */
@NullMarked
package io.lariat.cli.compact;

import org.jspecify.annotations.NullMarked;
