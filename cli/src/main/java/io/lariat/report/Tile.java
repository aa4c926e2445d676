package io.lariat.report;

import java.util.List;

/**
 * A key figure at the top of a page.
 *
 * @param label what it is
 * @param value the figure
 * @param details lines below it
 */
record Tile(String label, String value, List<String> details) {}
