/** placeholder */
@NullMarked
package io.lariat.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
