/** Tests of memory and threads. */
@NullMarked
package io.lariat.simd.machine;

import org.jspecify.annotations.NullMarked;
