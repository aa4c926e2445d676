package io.lariat.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.cli.words.Text;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.train.Epoch;
import io.lariat.train.History;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written and said of a training. */
final class TrainTextTest {

  private static Epoch epoch(int number, double loss, double validationLoss) {
    return new Epoch(
        number,
        loss,
        0.25,
        0.75,
        new Epoch.Validation(validationLoss, 0.5, 0.5),
        List.of(3L, 4L),
        2,
        0.125);
  }

  private static History history(Epoch... epochs) {
    return new History("accuracy", List.of(epochs), new double[0], List.of());
  }

  @Test
  void historyHasAllDigits() {
    assertThat(HistoryCsv.of(history(epoch(1, 0.1, 1.0 / 3))))
        .isEqualTo(
            """
            epoch,loss,data_loss,penalty,accuracy,val_loss,val_data_loss,val_accuracy,zeros,seconds
            1,0.35,0.1,0.25,0.75,0.8333333333333333,0.3333333333333333,0.5,7,0.125
            """);
  }

  @Test
  void historyOfARegressionWithoutValidation() {
    Epoch epoch = new Epoch(1, 2, 0, 1.5, null, List.of(0L), 2, 1);

    assertThat(HistoryCsv.of(new History("mae", List.of(epoch), new double[0], List.of(0.01))))
        .isEqualTo(
            """
            epoch,loss,data_loss,penalty,mae,val_loss,val_data_loss,val_mae,zeros,seconds
            1,2.0,2.0,0.0,1.5,,,,0,1.0
            """);
  }

  /** A polish, the last epoch, has no learning rate. */
  @Test
  void historyHasTheLearningRateWhereItVaries() {
    History history =
        new History(
            "accuracy",
            List.of(epoch(1, 1, 1), epoch(2, 1, 1), epoch(3, 1, 1)),
            new double[0],
            List.of(0.1, 0.05));

    assertThat(HistoryCsv.of(history))
        .isEqualTo(
            """
            epoch,loss,data_loss,penalty,accuracy,val_loss,val_data_loss,val_accuracy,zeros,seconds,learning_rate
            1,1.25,1.0,0.25,0.75,1.5,1.0,0.5,7,0.125,0.1
            2,1.25,1.0,0.25,0.75,1.5,1.0,0.5,7,0.125,0.05
            3,1.25,1.0,0.25,0.75,1.5,1.0,0.5,7,0.125,
            """);
  }

  @Test
  void tableIsAligned() {
    EpochTable table = new EpochTable("accuracy", true, 10);

    String header = table.header();
    assertThat(table.row(epoch(1, 0.5, 0.25))).hasSameSizeAs(header).contains("70.0 %");
    assertThat(table.row(epoch(12345, 1e12, 1e-9))).hasSameSizeAs(header).contains("1.00e+12");
    assertThat(new EpochTable("mae", false, 10).header()).contains("mae").doesNotContain("val");
  }

  @Test
  void overfittingIsSaidWithItsNumbers() {
    assertThat(Overfitting.note(history(epoch(1, 0.5, 0.4), epoch(2, 0.4, 0.3)))).isNull();
    assertThat(Overfitting.note(history(epoch(1, 0.5, 0.4), epoch(2, 0.3, 0.6))))
        .contains("0.4000 at epoch 1", "0.6000 at epoch 2", "from 0.5000 to 0.3000");
  }

  private static Dataset data(Task task, float... targets) {
    float[] x = new float[targets.length];
    return Dataset.of(x, 1, targets, task);
  }

  @Test
  void notesOnTheSplit() {
    Dataset mixed = data(Task.MULTICLASS, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0);

    assertThat(SplitNotes.of(mixed, 7, null)).isEmpty();
    assertThat(SplitNotes.of(mixed, 9, null)).singleElement().asString().contains("of class 1, 2");
    assertThat(SplitNotes.of(mixed, 10, null))
        .singleElement()
        .asString()
        .contains("no validation rows");
    assertThat(SplitNotes.of(data(Task.MULTICLASS, 0, 0, 1, 1, 2, 2), 4, null))
        .singleElement()
        .asString()
        .contains("sorted");
    assertThat(SplitNotes.of(data(Task.REGRESSION, 9, 7, 5, 3), 3, null)).hasSize(1);
    assertThat(SplitNotes.of(data(Task.REGRESSION, 9, 3, 5, 3), 3, null)).isEmpty();
  }

  /** Neither sorted nor to be shuffled. */
  @Test
  @Tag("F17")
  void rowsOfOneTargetAreSaidToBeThat() {
    Dataset all = data(Task.BINARY, 0, 1, 0, 1, 1, 0, 1, 1, 1);
    assertThat(SplitNotes.of(all.rows(new int[] {1, 3, 4, 6, 7, 8}), 4, null))
        .containsExactly(
            "every row is of class 1, so the figures say nothing of other classes; add rows of"
                + " these");
    assertThat(
            SplitNotes.of(
                data(Task.REGRESSION, 5, 5, 7, 5, 5).rows(new int[] {0, 1, 3, 4}), 3, null))
        .singleElement()
        .asString()
        .contains("the target is the same in every row")
        .doesNotContain("sorted");
  }

  @Test
  void messagesStayOnOneLine() {
    assertThat(Text.oneLine("a\nb\r\n\tc\u001b[31m\u2028d\n"))
        .isEqualTo("a\\nb\\r\\n\\tc\\u001b[31m\\u2028d");
    assertThat(Text.oneLine("x".repeat(5000) + "; do this"))
        .hasSizeLessThan(1000)
        .endsWith("do this");
  }
}
