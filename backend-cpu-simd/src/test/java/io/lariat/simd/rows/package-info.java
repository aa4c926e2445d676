/** Tests of what goes by elements and rows. */
@NullMarked
package io.lariat.simd.rows;

import org.jspecify.annotations.NullMarked;
