/**
 * The options that commands share, each declared once, as mixins of picocli: {@code DataOptions},
 * {@code BackendOption}, {@code FolderOptions}, {@code OutputOptions} and others; {@code Numbers}
 * and {@code OneOf} read values and say what was expected. {@code ShortRun} is which runs {@code
 * --backend auto} takes scalar code for.
 */
@NullMarked
package io.lariat.cli.options;

import org.jspecify.annotations.NullMarked;
