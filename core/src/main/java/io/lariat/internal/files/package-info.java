/**
 * Files that are whole or not there: what the library and the program write goes through here. Not
 * exported.
 *
 * <p>Reading order: {@link io.lariat.internal.files.AtomicFile} (one file at one moment), {@link
 * io.lariat.internal.files.FolderCommit} (several at one), {@link
 * io.lariat.internal.files.SyncedFolder}.
 */
@NullMarked
package io.lariat.internal.files;

import org.jspecify.annotations.NullMarked;
