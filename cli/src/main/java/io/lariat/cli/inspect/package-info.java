/**
 * The commands that show what there is: {@code InspectCommand} a model, {@code BackendsCommand}
 * what could compute here.
 */
@NullMarked
package io.lariat.cli.inspect;

import org.jspecify.annotations.NullMarked;
