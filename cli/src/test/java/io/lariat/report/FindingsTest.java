package io.lariat.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.data.Rounding;
import io.lariat.model.Certificate;
import io.lariat.train.Training;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sentences say what the numbers say, whichever way they turned out. */
class FindingsTest {
  private static Findings of(double gap, double twinGap) {
    Studies studies = new Studies();
    studies.gap = gap;
    studies.twinGap = twinGap;
    return new Findings(studies.study());
  }

  @Test
  void statesTheGapAtTheLastEpoch() {
    assertThat(of(0.02, 0.1).underRun())
        .startsWith(
            "At epoch 20, the last, the data loss is 0.0900 in validation and 0.0700 in training:"
                + " a gap of 0.0200.");
  }

  @Test
  void saysThatTheGapIsSmaller() {
    assertThat(of(0.02, 0.1).verdict())
        .startsWith(
            "The gap is smaller with L1: 0.0200, against 0.100 without L1 (80.0\u00a0% less).")
        .contains("is lower with L1: 0.0900, against 0.170 without L1");
  }

  @Test
  void saysThatTheGapIsNotSmaller() {
    assertThat(of(0.1, 0.02).verdict())
        .startsWith("The gap is not smaller with L1: with L1 0.100, without L1 0.0200.")
        .contains("is higher with L1");
  }

  @Test
  void saysThatTheGapIsTheSame() {
    assertThat(of(0.1, 0.101).verdict()).startsWith("The gap is about the same");
    assertThat(of(0.1, 0.1).verdict()).contains("the validation data loss is 0.170 in both");
  }

  @Test
  void saysThatThereIsNoGap() {
    assertThat(of(-0.01, 0.1).verdict()).startsWith("The gap is closed: with L1 \u22120.0100,");
    assertThat(of(0.1, -0.01).verdict()).startsWith("There is no gap to reduce");
    assertThat(of(-0.01, 0.1).underRun())
        .contains("a gap of \u22120.0100", "fitted no worse than the training rows");
  }

  @Test
  void saysWhereOverfittingIsVisible() {
    assertThat(of(0.02, 0.1).underRun()).doesNotContain("Overfitting");
    assertThat(of(0.02, 0.4).underTwin())
        .contains("Overfitting is visible: since epoch ", "while the training data loss fell");
  }

  @Test
  void saysWhichWeightsTheModelHas() {
    Studies studies = new Studies();
    studies.bestEpoch = 7;
    Findings findings = new Findings(studies.study());
    assertThat(findings.lede()).contains("The model has the weights of epoch 7");
    assertThat(findings.underRun()).contains("weights of epoch 7, where the gap is 0.00700.");
  }

  @Test
  void saysThatTheModelWasPolished() {
    Study study = new Studies().study();
    Training run = study.run();
    assertThat(new Findings(study).lede()).contains("for 20 epochs").doesNotContain("polished");
    Certificate.Rows rows = new Certificate.Rows(5, 6, "0".repeat(64), Rounding.NONE);
    Certificate certificate =
        new Certificate(2e-10, 1e-3, Certificate.PolishEnd.REACHED, 1e-6, 3, 1, 2, rows, 0, 1e-8);
    Training polished =
        new Training(
            run.model().withCertificate(certificate),
            run.history(),
            run.stopReason(),
            null,
            run.trainingRows(),
            run.evaluation());
    assertThat(
            new Findings(new Study("a.csv", null, polished, null, Map.of(), "none", List.of()))
                .lede())
        .contains("for 19 epochs")
        .endsWith(
            "Then it was polished on all training rows in double precision, to a KKT residual of"
                + " 2.0e-10; the curves show that as epoch 20.");
  }

  @Test
  void warnsOfFewValidationRows() {
    assertThat(of(0, 0).caution())
        .isEqualTo(
            "With 100 validation rows the figures are rough: one row more or less moves the"
                + " accuracy by 1.0\u00a0%.");
  }
}
