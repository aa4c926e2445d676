/** Tests of the CUDA backend: the contract of all backends, and what is its own. */
@NullMarked
package io.lariat.cuda;

import org.jspecify.annotations.NullMarked;
