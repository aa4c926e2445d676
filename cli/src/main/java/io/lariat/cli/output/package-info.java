/**
 * Where a run's files go, so that none is lost and none is half there: {@code OutputFolder} first,
 * then {@code Workspace} (what a run has to itself while it works) with {@code RunLock} and {@code
 * PartFolder}, {@code RunFiles} (which files are a run's) and {@code Rescue} (where they go if
 * nothing can be written). {@code OutputFile} is for commands that write a single file, {@code
 * SummaryJson} what every {@code summary.json} has.
 */
@NullMarked
package io.lariat.cli.output;

import org.jspecify.annotations.NullMarked;
