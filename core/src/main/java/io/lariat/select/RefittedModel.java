package io.lariat.select;

import io.lariat.backend.Penalty;
import io.lariat.model.Compaction;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import java.util.Map;

/** A fitted support network as an ordinary model on the selected columns. */
final class RefittedModel {
  private RefittedModel() {}

  /** The model with {@code notes}. */
  static Model of(SupportNetwork support, Map<String, String> notes) {
    SelectionData data = support.data;
    GroupNetwork from = support.network;
    Network network = Network.of(data.x.length);
    if (from.units > 0) {
      network = network.dense(from.units, GroupNetwork.ACTIVATION);
    }
    network = network.withHead(data.head(), data.source.schema().target(), Penalty.NONE);
    ParameterLayout layout = new ParameterLayout(network);
    double[] w = new double[from.size()];
    from.normalize(support.w, w);
    float[] values = new float[layout.size()];
    int fan = from.fan();
    int input = 0;
    for (int g : support.groups) {
      copy(w, input * fan, values, data.firstFeature(g) * fan, data.width(g) * fan);
      input += data.width(g);
    }
    if (from.units > 0) {
      copy(w, from.head(), values, layout.kernelOffset(1), from.units * from.outputs);
      copy(w, from.bias(), values, layout.biasOffset(0), from.units);
    }
    int last = from.units > 0 ? 1 : 0;
    copy(w, from.outputBias(), values, layout.biasOffset(last), from.outputs);
    Model model =
        new Model(
            network,
            Weights.copyOf(layout, values),
            data.source.schema(),
            data.features,
            data.target,
            notes);
    return Compaction.of(model).model();
  }

  private static void copy(double[] from, int at, float[] to, int toAt, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = (float) from[at + i];
    }
  }
}
