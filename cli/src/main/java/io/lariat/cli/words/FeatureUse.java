package io.lariat.cli.words;

import io.lariat.data.Column;
import io.lariat.data.Schema;
import io.lariat.model.Model;
import java.util.AbstractList;
import java.util.BitSet;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/**
 * Which inputs a network uses: those with a weight in the first layer that is not zero.
 *
 * @param used the names of the features in use, one-hot ones as {@code column=category}
 * @param unused the other features
 * @param usedColumns the columns of which a feature is in use
 * @param unusedColumns the other columns
 */
public record FeatureUse(
    List<String> used, List<String> unused, List<String> usedColumns, List<String> unusedColumns) {

  /** Looks at {@code model}'s first layer. */
  public static FeatureUse of(Model model) {
    Schema schema = model.schema();
    BitSet features = new BitSet();
    BitSet columns = new BitSet();
    int feature = 0;
    int c = 0;
    for (Column column : schema.columns()) {
      for (int i = 0; i < column.width(); i++, feature++) {
        if (model.weights().usesInput(feature)) {
          features.set(feature);
          columns.set(c);
        }
      }
      c++;
    }
    IntFunction<String> names = schema.featureNames()::get;
    IntFunction<String> columnNames = i -> schema.columns().get(i).name();
    return new FeatureUse(
        new Chosen(names, features.stream().toArray()),
        new Chosen(names, others(features, feature)),
        new Chosen(columnNames, columns.stream().toArray()),
        new Chosen(columnNames, others(columns, c)));
  }

  private static int[] others(BitSet set, int size) {
    BitSet others = new BitSet(size);
    others.set(0, size);
    others.andNot(set);
    return others.stream().toArray();
  }

  /** Names by their places, each made when it is asked for: there may be ten million. */
  private static final class Chosen extends AbstractList<String> implements RandomAccess {
    private final IntFunction<String> names;
    private final int[] places;

    Chosen(IntFunction<String> names, int[] places) {
      this.names = names;
      this.places = places;
    }

    @Override
    public String get(int i) {
      return names.apply(places[i]);
    }

    @Override
    public int size() {
      return places.length;
    }
  }

  /** How many of how many, and which are not if they are few. */
  public String summary(int mostNamed) {
    int all = used.size() + unused.size();
    StringBuilder text = new StringBuilder();
    text.append(Figures.count(used.size())).append(" of ").append(Figures.count(all));
    text.append(" in use");
    if (!unused.isEmpty() && unused.size() <= mostNamed) {
      text.append("; unused: ").append(String.join(", ", unused));
    }
    return text.toString();
  }
}
