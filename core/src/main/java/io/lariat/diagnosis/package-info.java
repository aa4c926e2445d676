/**
 * What a user should know of a trained model before trusting it, in one sentence each.
 *
 * <p>Read {@link io.lariat.diagnosis.Advice} first: it has the rules. {@link
 * io.lariat.diagnosis.Caution} has those on rows by which a result may be too good to be true.
 * {@link io.lariat.diagnosis.Columns} holds the standardised columns that they look at, {@link
 * io.lariat.diagnosis.Association} measures a feature against the target, {@link
 * io.lariat.diagnosis.Collinearity} finds features that stand in for each other.
 */
@NullMarked
package io.lariat.diagnosis;

import org.jspecify.annotations.NullMarked;
