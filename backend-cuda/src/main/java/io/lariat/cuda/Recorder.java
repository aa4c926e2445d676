package io.lariat.cuda;

import io.lariat.cuda.driver.Driver;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes note of what a recorded step does: which memory it uses, and, as long as it is made of
 * kernels that a program may have, which kernels in which phases. Kernels of one phase need nothing
 * of each other; a phase needs what those before it have written.
 */
final class Recorder {

  /** A kernel with its arguments. */
  record Call(Kernel kernel, long tiles, MemorySegment arguments) {}

  /**
   * A recorded step.
   *
   * @param graph as the driver has it
   * @param phases its kernels; empty if it has something else too
   * @param storages the memory that it uses
   */
  record Recorded(Driver.Graph graph, List<List<Call>> phases, Set<CudaStorage> storages) {}

  private final Set<CudaStorage> storages = new HashSet<>();
  private List<List<Call>> phases = new ArrayList<>();
  private boolean programmable = true;
  private boolean split;

  void storage(CudaStorage storage) {
    storages.add(storage);
  }

  void kernel(Kernel kernel, long tiles, Arguments arguments) {
    programmable &= kernel.isProgrammable();
    byte[] bytes = arguments.memory().toArray(ValueLayout.JAVA_BYTE);
    MemorySegment copy = MemorySegment.ofArray(bytes);
    List<Call> phase = new ArrayList<>();
    phase.add(new Call(kernel, tiles, copy));
    phases.add(phase);
  }

  /** Something that is no kernel of ours. */
  void other() {
    programmable = false;
  }

  /** Whether it is inside of {@link #split}. */
  boolean isSplit() {
    return split;
  }

  /** Notes two lists of work that need nothing of each other: their phases are joined in pairs. */
  void split(Runnable first, Runnable second) {
    List<List<Call>> before = phases;
    split = true;
    List<List<Call>> ofFirst = phasesOf(first);
    List<List<Call>> ofSecond = phasesOf(second);
    split = false;
    phases = before;
    for (int i = 0; i < Math.max(ofFirst.size(), ofSecond.size()); i++) {
      List<Call> phase = new ArrayList<>();
      if (i < ofFirst.size()) {
        phase.addAll(ofFirst.get(i));
      }
      if (i < ofSecond.size()) {
        phase.addAll(ofSecond.get(i));
      }
      phases.add(phase);
    }
  }

  private List<List<Call>> phasesOf(Runnable work) {
    phases = new ArrayList<>();
    work.run();
    return phases;
  }

  /** What was noted. */
  Recorded end(Driver.Graph graph) {
    return new Recorded(
        graph, programmable ? List.copyOf(phases) : List.of(), Set.copyOf(storages));
  }
}
