/**
 * Exact work on a network in double precision: its objective over all rows, how far weights are
 * from satisfying the optimality conditions, and the way to weights that satisfy them.
 *
 * <p>Reading order: {@link io.lariat.exact.Objective} (data loss and gradient), {@link
 * io.lariat.exact.NetworkPenalty} (penalty, proximal step), {@link io.lariat.exact.KktResidual}
 * (the optimality conditions) and {@link io.lariat.exact.Polish} (reaches them). {@link
 * io.lariat.exact.Polishing} polishes a trained model, {@link io.lariat.exact.Certification}
 * computes what a polished model claims:
 *
 * <pre>{@code
 * Dataset data = Csv.read(csv, "benign");
 * Training run = Trainer.on(backend).standardize().fit(network, data);
 * Model polished = Polishing.of(run.model(), data, run.trainingRows()).run();
 * polished.save(path);                                         // F64 tensors and a certificate
 * Certification.of(Model.load(path), data).differences();      // empty
 * }</pre>
 */
@NullMarked
package io.lariat.exact;

import org.jspecify.annotations.NullMarked;
