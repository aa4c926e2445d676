/**
 * Standard output, standard error and Ctrl-C: {@code Console} is what a command has of them, {@code
 * StandardOutput} and {@code Interrupt} are the first and the last; {@code Gauge} and {@code
 * Reading} show how far something is, by {@code BarLine} on a {@code Terminal}; {@code ProgramLog}
 * hears what the engine logs.
 */
@NullMarked
package io.lariat.cli.terminal;

import org.jspecify.annotations.NullMarked;
