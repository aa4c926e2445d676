/** Tests of the probe, of the search for cuBLAS and of the loader. */
@NullMarked
package io.lariat.cuda.probe;

import org.jspecify.annotations.NullMarked;
