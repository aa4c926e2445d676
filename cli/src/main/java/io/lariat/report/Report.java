package io.lariat.report;

/** The report of a training as one HTML page, complete in itself. */
public final class Report {
  private Report() {}

  /** The page for {@code study}; the same study gives the same text. */
  public static String html(Study study) {
    FirstKernel kernel = new FirstKernel(study.run().model().weights());
    Findings findings = new Findings(study);
    Wording words = new Wording(study.run().model().network());
    Page page =
        new Page(
            "report.html",
            "report-losses.js",
            "report-inputs.js",
            "report-heat.js",
            "report-tables.js",
            "report-draw.js");
    new ReportData(study).addTo(page, kernel);
    return page.text("title", study.dataName())
        .text("lede", findings.lede())
        .text("caution", findings.caution())
        .text("table-title", "Table of epochs")
        .text("about-losses", findings.aboutLosses())
        .text("name-run", Wording.sentence(words.with()))
        .text("name-twin", Wording.sentence(words.without()))
        .text("under-run", findings.underRun())
        .text("under-twin", findings.underTwin())
        .text("verdict", findings.verdict())
        .text("zeros", findings.zeros())
        .text("features", findings.features(kernel))
        .html();
  }
}
