package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Folds, and data sets of some rows of another. */
final class FoldsTest {

  private static Dataset data(int rows, Task task) {
    double[][] x = new double[rows][2];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      x[i][0] = i / 3.0;
      x[i][1] = -i;
      y[i] = task == Task.REGRESSION ? i / 7.0 : i % 10 == 0 ? 2 : i % 2;
    }
    return Dataset.of(x, y, task);
  }

  @Test
  void everyRowIsInOneFoldAndClassesAreSpread() {
    for (Task task : new Task[] {Task.MULTICLASS, Task.REGRESSION}) {
      Dataset data = data(103, task);
      Folds folds = Folds.of(data, 5, 7);
      int[] seen = new int[103];
      for (int f = 0; f < 5; f++) {
        int[] validation = folds.validation(f);
        assertThat(validation.length).isBetween(20, 21);
        assertThat(folds.training(f)).hasSize(103 - validation.length).doesNotContain(validation);
        IntStream.of(validation).forEach(i -> seen[i]++);
        if (task == Task.MULTICLASS) {
          long rare = IntStream.of(validation).filter(i -> data.target(i) == 2).count();
          assertThat(rare).isBetween(2L, 3L);
        }
      }
      assertThat(seen).containsOnly(1);
    }
  }

  @Test
  void theSeedDecides() {
    Dataset data = data(60, Task.REGRESSION);

    assertThat(Folds.of(data, 3, 1).validation(0))
        .isEqualTo(Folds.of(data, 3, 1).validation(0))
        .isNotEqualTo(Folds.of(data, 3, 2).validation(0));
    assertThatThrownBy(() -> Folds.of(data, 31, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("60 rows are too few for 31 folds");
    assertThatThrownBy(() -> Folds.of(data, 1, 1)).hasMessageContaining("at least 2");
  }

  @Test
  void rowsOfADataSet() {
    Dataset some = data(50, Task.REGRESSION).rows(new int[] {49, 3, 3});
    double[] x = new double[6];
    double[] y = new double[3];
    some.copyFeatures(0, 3, x);
    some.copyTargets(0, 3, y);

    assertThat(x).containsExactly(49 / 3.0, -49, 1, -3, 1, -3);
    assertThat(y).containsExactly(7, 3 / 7.0, 3 / 7.0);
    assertThatThrownBy(() -> some.rows(new int[] {3}))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> some.rows(new int[0])).hasMessageContaining("at least 1 row");
  }

  @Test
  void rowsOfSparseData() {
    SparseRows rows =
        SparseRows.of(4, new int[] {0, 1, 1, 3}, new int[] {2, 0, 3}, new float[] {1, 2, 3});
    Dataset some = Dataset.of(rows, new float[] {0, 1, 1}).rows(new int[] {2, 0});

    float[] x = new float[8];
    some.copyFeatures(0, 2, x);
    assertThat(x).containsExactly(2, 0, 0, 3, 0, 0, 1, 0);
    assertThat(some.target(0)).isOne();
    assertThat(some.sparseRows()).isNotNull();
  }
}
