package io.lariat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lariat.data.Column;
import io.lariat.data.DataException;
import io.lariat.data.Schema;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Groups of input features as the columns of a table make them. */
class InputGroupTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Column.numeric("age"),
              new Column("color", List.of("red", "green", "blue")),
              Column.numeric("dose")),
          new Target("price", Task.REGRESSION, List.of()));

  @Test
  void aColumnIsAGroup() {
    assertThat(InputGroup.ofColumns(SCHEMA, List.of()))
        .containsExactly(InputGroup.SINGLE, new InputGroup(3, 1), InputGroup.SINGLE);
  }

  @Test
  void keptColumnsHaveFactorZero() {
    assertThat(InputGroup.ofColumns(SCHEMA, Set.of("color", "dose")))
        .containsExactly(InputGroup.SINGLE, new InputGroup(3, 0), new InputGroup(1, 0));
  }

  @Test
  void namesThatAreNoColumnAreRefused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> InputGroup.ofColumns(SCHEMA, List.of("age", "does")))
        .withMessage("no input column 'does'; did you mean 'dose'?");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> InputGroup.ofColumns(SCHEMA, List.of("color=red")))
        .withMessage("no input column 'color=red'; the columns are 'age', 'color', 'dose'");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> InputGroup.ofColumns(SCHEMA, List.of("price")))
        .withMessage("column 'price' is the target; name columns to predict it from");
  }
}
