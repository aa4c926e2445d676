/** Tests of recorded steps. */
@NullMarked
package io.lariat.simd.plan;

import org.jspecify.annotations.NullMarked;
