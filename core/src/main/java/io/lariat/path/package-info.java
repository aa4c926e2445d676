/**
 * Lasso paths of linear models: solutions for falling lambdas, lambda chosen by cross-validation.
 *
 * <p>Reading order: {@link io.lariat.path.LinearPath}, {@link io.lariat.path.LambdaPath}, {@link
 * io.lariat.data.Folds}; then {@code LinearSolver} and {@code QuadraticLasso}, where the work is
 * done.
 */
@NullMarked
package io.lariat.path;

import org.jspecify.annotations.NullMarked;
