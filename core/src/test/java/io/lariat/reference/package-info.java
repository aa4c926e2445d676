/** Tests of the reference backend. */
@NullMarked
package io.lariat.reference;

import org.jspecify.annotations.NullMarked;
