/** Tests of the matrix products, and the program that writes their inner loops. */
@NullMarked
package io.lariat.simd.products;

import org.jspecify.annotations.NullMarked;
