package io.lariat.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Views: what they may look at, and how they relate. */
class MatrixTest {

  /** Memory of a length alone. */
  private static final class Floats implements Storage {
    @Override
    public long length() {
      return 24;
    }

    @Override
    public void close() {}
  }

  private final Storage storage = new Floats();
  private final Matrix m = Matrix.of("m", storage, 4, 6);

  @Test
  void viewMustLieInsideItsStorage() {
    assertThat(new Matrix("m", storage, 18, 1, 6).size()).isEqualTo(6);
    for (long offset : new long[] {19, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> new Matrix("m", storage, offset, 2, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "matrix m [2x3] at offset %d: reaches outside its storage of 24 floats", offset);
    }
    assertThatThrownBy(() -> new Matrix("m", storage, 0, 1 << 16, 1 << 16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reaches outside");
  }

  @Test
  void viewHasARowAndAColumn() {
    for (int[] shape : new int[][] {{0, 3}, {3, 0}, {-1, 3}, {3, -1}}) {
      assertThatThrownBy(() -> new Matrix("m", storage, 0, shape[0], shape[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "matrix m: expected at least 1 row and 1 column, found %dx%d", shape[0], shape[1]);
    }
  }

  @Test
  void ofTakesTheWholeStorage() {
    assertThat(m.offset()).isZero();
    assertThatThrownBy(() -> Matrix.of("m", storage, 4, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("matrix m [4x5]: expected a storage of 20 floats, found 24");
  }

  @Test
  void rowRangeIsAViewOfThoseRows() {
    assertThat(m.rowRange(1, 2)).isEqualTo(new Matrix("m", storage, 6, 2, 6));
    assertThat(m.rowRange(0, 4)).isEqualTo(m);
    for (int[] wrong : new int[][] {{-1, 2}, {0, 5}, {4, 1}, {1, 0}, {1, Integer.MAX_VALUE}}) {
      long last = (long) wrong[0] + wrong[1] - 1;
      assertThatThrownBy(() -> m.rowRange(wrong[0], wrong[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("m [4x6]: rows %d to %d asked for", wrong[0], last);
    }
  }

  @Test
  void reshapeKeepsTheElements() {
    assertThat(m.reshape(1, 24)).isEqualTo(new Matrix("m", storage, 0, 1, 24));
    assertThatThrownBy(() -> m.reshape(5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("m [4x6] cannot be seen as [5x5]");
  }

  @Test
  void viewsOverlapWhereTheyShareAnElement() {
    Matrix first = m.rowRange(0, 2);
    Matrix second = m.rowRange(2, 2);
    assertThat(first.overlaps(second)).isFalse();
    assertThat(second.overlaps(first)).isFalse();
    assertThat(first.overlaps(m.rowRange(1, 2))).isTrue();
    assertThat(m.overlaps(m.rowRange(3, 1))).isTrue();
    assertThat(m.rowRange(3, 1).overlaps(m)).isTrue();
    assertThat(m.overlaps(Matrix.of("m", new Floats(), 4, 6))).isFalse();
  }

  @Test
  void sameViewMeansSameElementsInTheSameShape() {
    assertThat(m.sameAs(Matrix.of("other", storage, 4, 6))).isTrue();
    assertThat(m.sameAs(m.reshape(6, 4))).isFalse();
    assertThat(m.sameAs(Matrix.of("m", new Floats(), 4, 6))).isFalse();
    assertThat(m.sameShape(Matrix.of("other", new Floats(), 4, 6))).isTrue();
    assertThat(m.sameShape(m.reshape(6, 4))).isFalse();
  }

  @Test
  void describeNamesTheShape() {
    assertThat(m.describe()).isEqualTo("m [4x6]");
  }
}
