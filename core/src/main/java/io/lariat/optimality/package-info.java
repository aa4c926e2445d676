/**
 * Exact work on a network in double precision: its objective over all rows, how far weights are
 * from satisfying the optimality conditions, and the way to weights that satisfy them.
 *
 * <p>Reading order: {@link io.lariat.optimality.Objective} (data loss and gradient), {@link
 * io.lariat.optimality.NetworkPenalty} (penalty, proximal step), {@link
 * io.lariat.optimality.KktResidual} (the optimality conditions) and {@link
 * io.lariat.optimality.ObjectivePolish} (reaches them). {@link io.lariat.optimality.ModelPolish}
 * polishes a trained model, {@link io.lariat.optimality.Certification} computes what a polished
 * model claims:
 *
 * <pre>{@code
 * Dataset data = Csv.read(csv, "benign");
 * Training run = Trainer.on(backend).standardize().fit(network, data);
 * Model polished = ModelPolish.of(run.model(), data, run.trainingRows()).run();
 * polished.save(path);                                         // F64 tensors and a certificate
 * Certification.of(Model.load(path), data).differences();      // empty
 * }</pre>
 */
@NullMarked
package io.lariat.optimality;

import org.jspecify.annotations.NullMarked;
