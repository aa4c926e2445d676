/** Rules on how the classes of a module may hang together, for the tests of every module. */
@NullMarked
package io.lariat.structure;

import org.jspecify.annotations.NullMarked;
