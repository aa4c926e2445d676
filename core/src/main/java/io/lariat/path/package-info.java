/**
 * Paths: models for falling lambdas, each from the one before, lambda chosen by cross-validation.
 *
 * <p>Reading order: {@link io.lariat.path.LinearPath} (the settings), {@link
 * io.lariat.path.LambdaPath} (what comes out), {@link io.lariat.data.Folds}; then {@code
 * LinearSolver} and {@code QuadraticLasso}, where the work is done.
 */
@NullMarked
package io.lariat.path;

import org.jspecify.annotations.NullMarked;
