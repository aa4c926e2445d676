/** Tests of the products of panels, and the program that writes their inner loops. */
@NullMarked
package io.lariat.simd.panels;

import org.jspecify.annotations.NullMarked;
