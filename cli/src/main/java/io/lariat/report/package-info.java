/**
 * The reports: each is one HTML file that opens without a network. That of a training shows its
 * curves, its zeros and its inputs; {@link io.lariat.report.ComparisonReport} is that of a
 * comparison, {@link io.lariat.report.PathReport} that of a path, {@link
 * io.lariat.report.SelectionReport} that of a selection.
 *
 * <p>Reading order: {@link io.lariat.report.Study} (what is reported), {@link
 * io.lariat.report.Report} (the page); inside, {@code Findings} (the sentences), {@code Tiles} (the
 * key figures), {@code ReportData} (the numbers that the page draws), {@code FirstKernel} (the
 * inputs' weights, sorted). {@code Page} makes any report one file: {@code page.html}, {@code
 * page.css} and {@code page-*.js} beside the classes are shared, {@code report.html} and {@code
 * report-*.js} are those of a training.
 */
@NullMarked
package io.lariat.report;

import org.jspecify.annotations.NullMarked;
