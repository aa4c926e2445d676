package io.lariat.cuda.emulation;

/**
 * What the emulated driver counted.
 *
 * @param allocations of device memory, not freed
 * @param allocatedBytes their size
 * @param pinned allocations of pinned memory, not freed
 * @param pinnedBytes their size
 * @param streams not destroyed
 * @param events not destroyed
 * @param modules not unloaded
 * @param graphs not destroyed
 * @param graphExecutables not destroyed
 * @param contexts how often primary contexts were retained and not released
 * @param blas handles of cuBLAS that were not destroyed
 * @param leaked how many of all these were there when a context was released for the last time,
 *     since the last {@link Emulation#reset}
 * @param launches calls that launched a kernel, or recorded it, since then
 * @param graphLaunches calls that launched a graph, since then
 * @param copies calls that copied, or recorded a copy, since then
 * @param waits calls that waited for work, since then
 * @param kernels kernels that ran, those of graphs too, since then
 * @param nodes nodes of the graph that was made last
 */
public record Counters(
    long allocations,
    long allocatedBytes,
    long pinned,
    long pinnedBytes,
    long streams,
    long events,
    long modules,
    long graphs,
    long graphExecutables,
    long contexts,
    long blas,
    long leaked,
    long launches,
    long graphLaunches,
    long copies,
    long waits,
    long kernels,
    long nodes) {

  /** How many things there are that somebody has still to free, those that leaked included. */
  public long held() {
    return allocations
        + pinned
        + streams
        + events
        + modules
        + graphs
        + graphExecutables
        + contexts
        + blas
        + leaked;
  }
}
