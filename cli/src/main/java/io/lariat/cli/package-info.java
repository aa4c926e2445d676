/**
 * The program {@code lariat}: {@link io.lariat.cli.Lariat} has the commands, {@code Failures} makes
 * every error one line and an exit code.
 *
 * <p>Each command has a room of its own, which no other command knows; what they share is in {@code
 * run} (the course of a command), {@code options}, {@code output} (files), {@code terminal} and
 * {@code words}, each of which knows only those behind it. Reading order: a small command, {@code
 * InspectCommand}; then {@code PathCommand} and {@code DataCommand}; then {@code TrainCommand}.
 *
 * <p>Results go to standard output; progress bars, notes about a result and errors go to standard
 * error.
 */
@NullMarked
package io.lariat.cli;

import org.jspecify.annotations.NullMarked;
