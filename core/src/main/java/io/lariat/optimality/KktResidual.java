package io.lariat.optimality;

import io.lariat.model.Layer;
import io.lariat.model.ParameterLayout;
import java.util.Locale;

/**
 * How far parameters are from the optimality conditions (Karush, Kuhn and Tucker) of {@code data
 * loss + penalty}. With the gradient g of the data loss, each element's share is
 *
 * <ul>
 *   <li>w = 0: {@code max(0, |g| - l1)}
 *   <li>w != 0: {@code |g + 2 l2 w + l1 sign(w)|}
 *   <li>a group of zeros: {@code max(0, ||ST(g, l1)|| - group sqrt(rows))}; any other group: the
 *       norm over its elements of the above with {@code group sqrt(rows) w / ||w||} added
 *   <li>a bias, or a weight without penalty: {@code |g|}
 * </ul>
 *
 * and the residual is the largest share. It is 0 exactly where no small change of the parameters
 * lowers the objective to first order.
 *
 * @param value the residual
 * @param worst where it is, such as {@code dense_0.kernel[3,0], a zero}
 */
public record KktResidual(double value, String worst) {

  /** Names parameter {@code at}; of a group the first of its rows. */
  static String place(ParameterLayout layout, int at, boolean isGroup, double[] w) {
    for (int i = 0; i < layout.layers(); i++) {
      int kernel = at - layout.kernelOffset(i);
      if (kernel >= 0 && kernel < layout.kernelSize(i)) {
        int row = kernel / layout.out(i);
        String name = Layer.name(i) + ".kernel";
        return isGroup
            ? String.format(Locale.ROOT, "%s, the group of row %d", name, row)
            : String.format(
                Locale.ROOT,
                "%s[%d,%d], %s",
                name,
                row,
                kernel % layout.out(i),
                w[at] == 0 ? "a zero" : "not zero");
      }
    }
    for (int i = 0; i < layout.layers(); i++) {
      int bias = at - layout.biasOffset(i);
      if (bias >= 0 && bias < layout.out(i)) {
        return Layer.name(i) + ".bias[" + bias + "]";
      }
    }
    throw new IllegalArgumentException("no parameter " + at);
  }
}
