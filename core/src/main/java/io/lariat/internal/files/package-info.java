/**
 * Files: those that are written whole or not at all, and text files that are opened. Not exported.
 *
 * <p>Reading order: {@link io.lariat.internal.files.AtomicFile} (one file at one moment), {@link
 * io.lariat.internal.files.FolderCommit} (several at one), {@link
 * io.lariat.internal.files.SyncedFolder}; {@link io.lariat.internal.files.TextFile}, {@code
 * FileKind} (what is no text), {@code GzipMembers}.
 */
@NullMarked
package io.lariat.internal.files;

import org.jspecify.annotations.NullMarked;
