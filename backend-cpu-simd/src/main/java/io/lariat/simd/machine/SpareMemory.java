package io.lariat.simd.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Blocks of native memory of one backend: what closed storages give back is kept, up to a limit,
 * for the next of the same size.
 *
 * <p>To close a shared arena the JVM stops each of its threads for a moment, 60 to 75 us in all; a
 * training closes some 25 storages, and the next training of the same network asks for the same
 * sizes.
 */
final class SpareMemory {

  /**
   * Larger blocks go back to the system: to fill them with zeros takes longer than to free them.
   */
  static final long LARGEST = 1L << 20;

  /** How much is kept at most. */
  static final long LIMIT = 16L << 20;

  private final Map<Long, Deque<Block>> bySize = new HashMap<>();
  private long kept;
  private boolean closed;

  /** Memory and the shared arena that frees it. */
  record Block(Arena arena, MemorySegment memory) {
    void free() {
      arena.close();
    }
  }

  /** A block of {@code bytes}, all zero. */
  synchronized Block take(long bytes) {
    Deque<Block> same = bySize.get(bytes);
    if (same == null || same.isEmpty()) {
      return allocate(bytes);
    }
    Block block = same.pop();
    kept -= bytes;
    block.memory.fill((byte) 0);
    return block;
  }

  @SuppressWarnings("MustBeClosedChecker") // Block.free closes it
  private static Block allocate(long bytes) {
    Arena arena = Arena.ofShared();
    return new Block(arena, arena.allocate(bytes, SimdStorage.ALIGNMENT));
  }

  /** Keeps a block that nobody uses any more, or frees it. */
  void giveBack(Block block) {
    if (!keep(block)) {
      block.free();
    }
  }

  private synchronized boolean keep(Block block) {
    long bytes = block.memory.byteSize();
    if (closed || bytes > LARGEST || kept + bytes > LIMIT) {
      return false;
    }
    bySize.computeIfAbsent(bytes, size -> new ArrayDeque<>()).push(block);
    kept += bytes;
    return true;
  }

  /** How many bytes are kept. */
  synchronized long kept() {
    return kept;
  }

  /** Frees what is kept; what is given back from now on is freed at once. */
  synchronized void close() {
    closed = true;
    bySize.values().forEach(blocks -> blocks.forEach(Block::free));
    bySize.clear();
    kept = 0;
  }
}
