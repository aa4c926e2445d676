/**
 * CSV files. Not exported: {@link io.lariat.data.Csv} and {@link io.lariat.data.Table} read them.
 *
 * <p>Reading order: {@link io.lariat.data.csv.CsvFormat}, {@code CsvFile} (from begin to end),
 * {@code TextWindow} (the part that is looked at), {@code PlainLines} and {@code QuotedRecords}
 * (what parts it into cells), {@code CsvRows} (what is a row), {@code HeaderCause} (what else the
 * file may be).
 */
@NullMarked
package io.lariat.data.csv;

import org.jspecify.annotations.NullMarked;
