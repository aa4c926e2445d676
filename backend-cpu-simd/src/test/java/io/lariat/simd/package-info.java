/** Tests of the SIMD backend: the contract of all backends, and what is its own. */
@NullMarked
package io.lariat.simd;

import org.jspecify.annotations.NullMarked;
