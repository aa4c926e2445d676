/** Tests of the remarks on trained models. */
@NullMarked
package io.lariat.advice;

import org.jspecify.annotations.NullMarked;
