/**
 * Paths: models for falling lambdas, each from the one before, lambda chosen by cross-validation.
 *
 * <p>Reading order: {@link io.lariat.path.LinearPath} (the settings of a linear model's path),
 * {@link io.lariat.path.LambdaPath} (what comes out), {@link io.lariat.data.Folds}; then {@code
 * LinearSolver} and {@code QuadraticLasso}, where the work is done. Of networks: {@link
 * io.lariat.path.NetworkPath} (the settings), {@code PathNetworks} (the network of each lambda) and
 * {@code WarmPath} (from one lambda to the next), with {@code LambdaSearch} for the largest lambda;
 * {@link io.lariat.train.Parts} keeps what is finished.
 */
@NullMarked
package io.lariat.path;

import org.jspecify.annotations.NullMarked;
