package io.lariat.formats;

import io.lariat.data.ReadProgress;
import io.lariat.data.RowSink;
import io.lariat.data.SourceColumn;
import io.lariat.data.SourceColumn.Cells;
import io.lariat.data.TableFormat;
import io.lariat.data.TableSink;
import io.lariat.data.TableSource;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A binary format of columns with types, which Lariat knows nothing of: how many columns and rows,
 * for each column its name and whether it has numbers, then the cells.
 */
public final class RecordsFormat implements TableFormat {

  /** For {@link java.util.ServiceLoader}. */
  public RecordsFormat() {}

  @Override
  public String name() {
    return "records";
  }

  @Override
  public List<String> endings() {
    return List.of(".records");
  }

  @Override
  public TableSource open(Path file) {
    return new Records(file);
  }

  private record Records(Path file) implements TableSource {
    @Override
    public String name() {
      return file.toString();
    }

    @Override
    public void read(ReadProgress progress, TableSink sink) throws IOException {
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        int width = in.readInt();
        int rows = in.readInt();
        List<SourceColumn> columns = new ArrayList<>();
        for (int j = 0; j < width; j++) {
          columns.add(
              new SourceColumn(in.readUTF(), in.readBoolean() ? Cells.NUMBERS : Cells.TEXTS));
        }
        int[] row = {0};
        RowSink cells = sink.rows(columns, () -> file + " row " + row[0]);
        for (row[0] = 1; row[0] <= rows; row[0]++) {
          for (int j = 0; j < width; j++) {
            if (columns.get(j).cells() == Cells.NUMBERS) {
              cells.number(j, in.readDouble());
            } else {
              char[] text = in.readUTF().toCharArray();
              cells.text(j, text, 0, text.length);
            }
          }
          cells.endRow();
        }
      }
    }
  }

  /** Writes the table of a plain CSV file, columns of which are numbers where the first cell is. */
  public static void write(Path csv, Path file) throws IOException {
    List<String[]> lines = Files.readAllLines(csv).stream().map(line -> line.split(",")).toList();
    String[] names = lines.getFirst();
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(names.length);
      out.writeInt(lines.size() - 1);
      boolean[] numbers = new boolean[names.length];
      for (int j = 0; j < names.length; j++) {
        numbers[j] = lines.get(1)[j].matches("[-0-9.e]+");
        out.writeUTF(names[j]);
        out.writeBoolean(numbers[j]);
      }
      for (String[] cells : lines.subList(1, lines.size())) {
        for (int j = 0; j < names.length; j++) {
          if (numbers[j]) {
            out.writeDouble(Double.parseDouble(cells[j]));
          } else {
            out.writeUTF(cells[j]);
          }
        }
      }
    }
  }
}
