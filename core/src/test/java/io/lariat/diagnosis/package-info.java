/** Tests of the remarks on trained models. */
@NullMarked
package io.lariat.diagnosis;

import org.jspecify.annotations.NullMarked;
