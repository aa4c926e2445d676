/**
 * Standard output, standard error and Ctrl-C: {@code Console} is what a command has of them. {@code
 * StandardOutput}, {@code Terminal} and {@code Interrupt} are each of them; {@code JobLines} and
 * {@code Reading} show how far something is; {@code ProgramLog} hears what the engine logs.
 */
@NullMarked
package io.lariat.cli.terminal;

import org.jspecify.annotations.NullMarked;
