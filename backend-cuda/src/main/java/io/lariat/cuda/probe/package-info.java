/**
 * Whether a GPU can be used here, which cuBLAS there is, and how their libraries get into the JVM.
 * Nothing of this prints, and what fails is one sentence with its remedy.
 */
@NullMarked
package io.lariat.cuda.probe;

import org.jspecify.annotations.NullMarked;
