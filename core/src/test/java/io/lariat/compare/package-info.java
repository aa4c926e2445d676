/** Tests of the comparison of regularizations. */
@NullMarked
package io.lariat.compare;

import org.jspecify.annotations.NullMarked;
