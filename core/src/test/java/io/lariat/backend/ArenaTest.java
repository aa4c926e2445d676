package io.lariat.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code ArenaContract} cannot ask of a backend that works: memory that is not freed. */
class ArenaTest {
  private final List<String> freed = new ArrayList<>();

  /** Hands out storages, of which those with an odd length fail to be freed. */
  private final Backend backend =
      (Backend)
          Proxy.newProxyInstance(
              Backend.class.getClassLoader(),
              new Class<?>[] {Backend.class},
              (proxy, method, arguments) -> storage((long) arguments[0]));

  private final Arena arena = new Arena(backend);

  private Storage storage(long floats) {
    return new Storage() {
      @Override
      public long length() {
        return floats;
      }

      @Override
      public void close() {
        freed.add("storage " + floats);
        if (floats % 2 == 1) {
          throw new IllegalStateException("storage " + floats + " stays");
        }
      }
    };
  }

  @Test
  void whatFailsToBeFreedDoesNotKeepTheRest() {
    for (int floats = 1; floats <= 4; floats++) {
      arena.floats(floats);
    }
    assertThatThrownBy(arena::close)
        .hasMessage("storage 3 stays")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("storage 1 stays"));
    assertThat(freed).containsExactly("storage 4", "storage 3", "storage 2", "storage 1");
    arena.close();
    assertThat(freed).hasSize(4);
  }

  @Test
  void whyAnOwnerCouldNotBeMadeIsNotLostOverThat() {
    assertThatThrownBy(
            () ->
                arena.ownedBy(
                    own -> {
                      own.floats(1);
                      throw new DeviceException("no room");
                    }))
        .hasMessage("no room")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("storage 1 stays"));
  }
}
