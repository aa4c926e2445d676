package io.lariat.cli.terminal;

import java.io.PrintWriter;

/**
 * Whom a command speaks to and listens to.
 *
 * @param out standard output, for what was asked for
 * @param err standard error, for progress, notes and errors
 * @param interrupt Ctrl-C
 */
public record Console(PrintWriter out, PrintWriter err, Interrupt interrupt) {}
