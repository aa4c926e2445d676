/**
 * Lariat beside other engines that train and run dense networks: the same network, weights and
 * batches, every engine verified against the reference and timed in a process of its own.
 *
 * <p>Reading order: {@link io.lariat.benchmarks.peers.BenchmarkCase} and its three kinds, what is
 * timed; {@link io.lariat.benchmarks.peers.Peer} and its three kinds, what an engine has to do;
 * {@link io.lariat.benchmarks.peers.Engine}, which there are, each in a class of its own; {@link
 * io.lariat.benchmarks.peers.PeerMain}, a process that times one; {@link
 * io.lariat.benchmarks.peers.RunPeers}, the program that starts them all.
 */
@NullMarked
package io.lariat.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
