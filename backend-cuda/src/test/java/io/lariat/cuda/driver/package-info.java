/** Tests of the driver by JCuda, on the CPU emulation. */
@NullMarked
package io.lariat.cuda.driver;

import org.jspecify.annotations.NullMarked;
