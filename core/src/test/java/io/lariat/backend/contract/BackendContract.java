package io.lariat.backend.contract;

import io.lariat.backend.Backend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Everything that a backend must satisfy. A backend's test is
 *
 * <pre>{@code
 * class SimdContractTest extends BackendContract {
 *   @Override
 *   protected Backend open() {
 *     return Backends.open("simd");
 *   }
 * }
 * }</pre>
 *
 * <p>Each contract is an interface whose tests are default methods, so that all of them run, and
 * are reported, under the name of the backend's own test class; their names begin with the concern
 * ({@code -Dtest=SimdContractTest#matmul*}). Inputs are drawn from the seed that every failure
 * names; {@code -Dlariat.contract.seed} changes it.
 */
public abstract class BackendContract
    implements ExampleContract,
        MatmulContract,
        SparseContract,
        LayerContract,
        RowsContract,
        DropoutContract,
        ActivationContract,
        LossContract,
        PenaltyContract,
        UpdateContract,
        ProximalContract,
        GroupContract,
        GroupRestContract,
        StrengthsContract,
        FusionContract,
        GradientContract,
        RecordingContract,
        DeterminismContract,
        MemoryContract,
        ArenaContract,
        OccupancyContract,
        RefusalContract {

  private final List<Backend> opened = new ArrayList<>();

  /** Opens the backend under test; called at least once a test. */
  protected abstract Backend open();

  /**
   * Opens one that must give the same bits as {@link #open}. Override it to open the same backend
   * with another number of threads.
   */
  protected Backend openSibling() {
    return open();
  }

  @BeforeEach
  final void openBackend() {
    opened.add(open());
  }

  @AfterEach
  final void closeBackends() {
    opened.forEach(Backend::close);
    opened.clear();
  }

  @Override
  public final Backend backend() {
    return opened.getFirst();
  }

  @Override
  public final Backend sibling() {
    Backend sibling = openSibling();
    opened.add(sibling);
    return sibling;
  }
}
