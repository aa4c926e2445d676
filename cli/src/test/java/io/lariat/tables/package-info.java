/**
 * Seeded tables of the kinds that the field has, on which every command of the program is run and
 * held to what it claims. Read {@link io.lariat.tables.TableKinds} for what is drawn, {@link
 * io.lariat.tables.Trial} for what is run, {@link io.lariat.tables.Claims} for what must be true.
 */
@NullMarked
package io.lariat.tables;

import org.jspecify.annotations.NullMarked;
