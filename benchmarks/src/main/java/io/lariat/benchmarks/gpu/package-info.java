/**
 * Training steps on a GPU beside PyTorch's on the same GPU and beside the CPU's.
 *
 * <p>Every side is a process of its own that stays, and they take turns, round after round: what
 * slows the machine for a while hits them all. Each first shows the losses of its first steps.
 *
 * <p>Reading order: {@link io.lariat.benchmarks.gpu.StepCase} (what is trained), {@link
 * io.lariat.benchmarks.gpu.Contender} (by whom), {@link io.lariat.benchmarks.gpu.StepServer} (the
 * process of Lariat's sides; {@code backend-cuda/gpu/peer.py} is PyTorch's), {@link
 * io.lariat.benchmarks.gpu.CaseRounds} (a case's rounds), {@link
 * io.lariat.benchmarks.gpu.GpuBenchmark} (the command).
 */
@NullMarked
package io.lariat.benchmarks.gpu;

import org.jspecify.annotations.NullMarked;
