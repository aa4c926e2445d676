/**
 * How things are said: {@code Figures} and {@code CsvCell} (numbers and cells), {@code Text}
 * (sentences), {@code Introduction}, {@code EvaluationText}, {@code CertificateText}, {@code
 * CompactionText} and {@code FeatureUse} (data, networks and models), {@code Failure} and {@code
 * IoProblem} (what goes wrong). Needs no other room of the program.
 */
@NullMarked
package io.lariat.cli.words;

import org.jspecify.annotations.NullMarked;
