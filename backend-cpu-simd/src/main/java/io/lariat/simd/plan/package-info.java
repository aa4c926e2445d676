/**
 * Recorded steps: jobs that run again and again, with as few barriers as their data allow.
 *
 * <p>Reading order: {@link io.lariat.simd.plan.StepPlan}, {@code Stage} (the jobs between two
 * barriers), {@code Pace} (whether threads are worth it).
 */
@NullMarked
package io.lariat.simd.plan;

import org.jspecify.annotations.NullMarked;
