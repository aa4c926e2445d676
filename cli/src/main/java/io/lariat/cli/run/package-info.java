/**
 * The course of every command that reads data and writes a folder: {@code DataCommand}, and {@code
 * DataRun}, what a command has of it once the data are there.
 */
@NullMarked
package io.lariat.cli.run;

import org.jspecify.annotations.NullMarked;
