package io.lariat.train;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the finished parts of long work, a path or a comparison, so that one that was interrupted
 * can go on where it was. What is kept belongs to the same data and settings: to see to that is the
 * keeper's task.
 *
 * <p>Called from several threads, for each name by one at a time.
 */
public interface Parts {

  /** Keeps nothing. */
  Parts NONE =
      new Parts() {
        @Override
        public byte @Nullable [] find(String name) {
          return null;
        }

        @Override
        public void keep(String name, byte[] content) {}
      };

  /** What was kept under {@code name}; null: nothing. */
  byte @Nullable [] find(String name);

  /** Keeps {@code content} under {@code name}: small letters, digits and hyphens. */
  void keep(String name, byte[] content);
}
