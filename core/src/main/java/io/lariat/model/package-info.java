/**
 * Networks and trained models.
 *
 * <p>Reading order: {@link io.lariat.model.Network} (what to train), {@link io.lariat.model.Head}
 * and {@link io.lariat.model.Heads} (what its last layer is for), {@link
 * io.lariat.model.ParameterLayout} and {@link io.lariat.model.Weights} (its numbers), {@link
 * io.lariat.model.Model} (what was trained, immutable), {@link io.lariat.model.Predictor} (many
 * rows at a time), {@link io.lariat.model.ModelFile} and {@link io.lariat.model.Safetensors} (on
 * disk).
 */
@NullMarked
package io.lariat.model;

import org.jspecify.annotations.NullMarked;
