package io.lariat.backend;

import java.util.Locale;

/**
 * The shape and aliasing rules of every operation of {@link Backend}, with the text of their
 * errors, so that all backends refuse the same calls in the same words. A backend calls these first
 * and then checks that the memory is its own and alive.
 */
public final class Checks {

  private Checks() {}

  /** {@link Backend#write(float[], int, Matrix)}. */
  public static void write(float[] source, int from, Matrix target) {
    if (from < 0 || target.size() > source.length - (long) from) {
      throw wrong("write", "%d floats from %d -> %s", source.length, from, target.describe());
    }
  }

  /** {@link Backend#read}. */
  public static void read(Matrix source, float[] target, int to) {
    if (to < 0 || source.size() > target.length - (long) to) {
      throw wrong("read", "%s -> %d floats from %d", source.describe(), target.length, to);
    }
  }

  /** {@link Backend#write(int[], int, Indices)}. */
  public static void write(int[] source, int from, Indices target) {
    if (from < 0 || target.length() > source.length - (long) from) {
      throw wrong("write", "%d ints from %d -> indices [%d]", source.length, from, target.length());
    }
  }

  /** The length of the vectors of a panel: {@link PanelProducts}. */
  public static void panelLength(int length) {
    if (length < 0 || length % PanelProducts.LANES != 0) {
      throw new IllegalArgumentException(
          "vectors of a panel: their length is a multiple of "
              + PanelProducts.LANES
              + ", not "
              + length
              + "; fill them up with zeros");
    }
  }

  /** {@link Backend#copy}. */
  public static void copy(Matrix from, Matrix to) {
    if (!from.sameShape(to)) {
      throw wrong("copy", "%s -> %s", from.describe(), to.describe());
    }
    distinct("copy", to, from);
  }

  /** {@link Backend#gatherRows}. */
  public static void gatherRows(Matrix source, Indices rows, Matrix out) {
    if (out.rows() != rows.length() || out.cols() != source.cols()) {
      throw wrong(
          "gatherRows", "%s, %d rows -> %s", source.describe(), rows.length(), out.describe());
    }
    distinct("gatherRows", out, source);
  }

  /** {@link Backend#scatterRows}. */
  public static void scatterRows(Matrix source, Indices rows, Matrix out) {
    if (source.rows() != rows.length() || out.cols() != source.cols()) {
      throw wrong(
          "scatterRows", "%s, %d rows -> %s", source.describe(), rows.length(), out.describe());
    }
    distinct("scatterRows", out, source);
  }

  /** A row number inside {@code matrix}, for operations that can see it. */
  public static void row(String operation, int row, Matrix matrix) {
    if (row < 0 || row >= matrix.rows()) {
      throw new IndexOutOfBoundsException(operation + ": row " + row + " of " + matrix.describe());
    }
  }

  /** {@link Backend#matmul}. */
  public static void matmul(Product p, Matrix a, Matrix b, Matrix out) {
    int depthOfB = p == Product.ABT ? b.cols() : b.rows();
    if (p.depth(a) != depthOfB || out.rows() != p.rows(a, b) || out.cols() != p.cols(a, b)) {
      throw wrong(
          "matmul " + p.notation(), "%s x %s -> %s", a.describe(), b.describe(), out.describe());
    }
    distinct("matmul", out, a);
    distinct("matmul", out, b);
  }

  /** {@link Backend#matmul(SparseMatrix, Matrix, Matrix)}. */
  public static void matmul(SparseMatrix a, Matrix b, Matrix out) {
    if (a.cols() != b.rows() || out.rows() != a.rows() || out.cols() != b.cols()) {
      throw wrong("matmul sparse", "%s x %s -> %s", a.describe(), b.describe(), out.describe());
    }
    distinct("matmul sparse", out, a.values());
    distinct("matmul sparse", out, b);
  }

  /** What is wrong with the places of a sparse matrix, for operations that can see them. */
  public static IndexOutOfBoundsException places(SparseMatrix a) {
    return new IndexOutOfBoundsException(
        String.format(
            Locale.ROOT,
            "matmul sparse: %s: starts must ascend from 0 to at most %d and columns be below %d",
            a.describe(),
            a.columns().length(),
            a.cols()));
  }

  /** {@link Backend#addBias}. */
  public static void addBias(Matrix x, Matrix bias, Matrix out) {
    if (!x.sameShape(out) || bias.rows() != 1 || bias.cols() != x.cols()) {
      throw wrong("addBias", "%s + %s -> %s", x.describe(), bias.describe(), out.describe());
    }
    sameOrDistinct("addBias", out, x);
    distinct("addBias", out, bias);
  }

  /** {@link Backend#activate}. */
  public static void activate(Activation f, Matrix x, Matrix out) {
    if (!x.sameShape(out)) {
      throw wrong("activate " + f, "%s -> %s", x.describe(), out.describe());
    }
    sameOrDistinct("activate", out, x);
  }

  /** {@link Backend#activateGrad}. */
  public static void activateGrad(Activation f, Matrix v, Matrix grad) {
    if (!v.sameShape(grad)) {
      throw wrong("activateGrad " + f, "%s, %s", v.describe(), grad.describe());
    }
    distinct("activateGrad", grad, v);
  }

  /** {@link Backend#sumRows}. */
  public static void sumRows(Matrix x, Matrix out) {
    if (out.rows() != 1 || out.cols() != x.cols()) {
      throw wrong("sumRows", "%s -> %s", x.describe(), out.describe());
    }
    distinct("sumRows", out, x);
  }

  /** {@link Backend#dropout}. */
  public static void dropout(double rate, Indices key, Matrix x, Matrix out) {
    if (!(rate >= 0 && rate < 1)) {
      throw wrong("dropout", "rate %s, expected a number in [0, 1)", rate);
    }
    if (key.length() != 1 || !x.sameShape(out) || x.size() > Integer.MAX_VALUE) {
      throw wrong("dropout", "%s, %d keys -> %s", x.describe(), key.length(), out.describe());
    }
    sameOrDistinct("dropout", out, x);
  }

  /** {@link Backend#rowLosses}. */
  public static void rowLosses(Loss loss, Matrix logits, Matrix targets, Matrix out) {
    targets("rowLosses", loss, logits, targets, out);
    if (out.rows() != logits.rows() || out.cols() != 2) {
      throw wrong("rowLosses " + loss.name(), "%s -> %s", logits.describe(), out.describe());
    }
    distinct("rowLosses", out, logits);
    distinct("rowLosses", out, targets);
  }

  /** {@link Backend#lossGrad}. */
  public static void lossGrad(Loss loss, Matrix logits, Matrix targets, Matrix grad) {
    targets("lossGrad", loss, logits, targets, grad);
    if (!grad.sameShape(logits)) {
      throw wrong("lossGrad " + loss.name(), "%s -> %s", logits.describe(), grad.describe());
    }
    sameOrDistinct("lossGrad", grad, logits);
    distinct("lossGrad", grad, targets);
  }

  private static void targets(
      String operation, Loss loss, Matrix logits, Matrix targets, Matrix out) {
    int cols = loss.targets(logits.cols());
    if (targets.rows() != logits.rows() || targets.cols() != cols) {
      throw wrong(
          operation + " " + loss.name(),
          "%s, %s -> %s",
          logits.describe(),
          targets.describe(),
          out.describe());
    }
  }

  /** {@link Backend#penalty(Penalty, Matrix, Matrix, Matrix)}. */
  public static void penalty(Penalty penalty, Matrix rates, Matrix w, Matrix out) {
    withoutGroups("penalty", penalty);
    penalty(rates, w, out);
  }

  /** {@link Backend#penalty(Penalty, RowGroups, Matrix, Matrix, Matrix)}. */
  public static void penalty(RowGroups groups, Matrix rates, Matrix w, Matrix out) {
    if (w.rows() != groups.rows()) {
      throw wrong("penalty", "%s, %s -> %s", groups.describe(), w.describe(), out.describe());
    }
    penalty(rates, w, out);
    distinct("penalty", out, groups.factors());
  }

  private static void penalty(Matrix rates, Matrix w, Matrix out) {
    if (out.size() != 1) {
      throw wrong("penalty", "%s -> %s", w.describe(), out.describe());
    }
    if (rates.size() != UpdateRule.RATES) {
      throw wrong("penalty", "%s, %s", rates.describe(), w.describe());
    }
    distinct("penalty", out, w);
    distinct("penalty", out, rates);
  }

  /** Operations on weights that are in no groups. */
  private static void withoutGroups(String operation, Penalty penalty) {
    if (penalty.group() != 0) {
      throw wrong(
          operation,
          "the penalty has a group part, %s; name the groups of rows that it is on",
          penalty.group());
    }
  }

  /** {@link Backend#update(UpdateRule, Penalty, PenaltyMethod, Matrix, Matrix, Matrix, Matrix)}. */
  public static void update(
      UpdateRule rule, Penalty penalty, Matrix w, Matrix grad, Matrix state, Matrix rates) {
    withoutGroups("update", penalty);
    if (w.rows() != 1 || !fits(rule, w, grad, state, rates)) {
      throw wrongUpdate(rule, "", w, grad, state, rates);
    }
    distinctParts(rule, w, grad, state, rates);
  }

  /**
   * {@link Backend#update(UpdateRule, Penalty, PenaltyMethod, RowGroups, Matrix, Matrix, Matrix,
   * Matrix)}.
   */
  public static void update(
      UpdateRule rule, RowGroups groups, Matrix w, Matrix grad, Matrix state, Matrix rates) {
    if (w.rows() != groups.rows() || !fits(rule, w, grad, state, rates)) {
      throw wrongUpdate(rule, groups.describe() + ", ", w, grad, state, rates);
    }
    distinctParts(rule, w, grad, state, rates);
    distinct("update", w, groups.factors());
    if (rule.stateRows() > 0) {
      distinct("update", state, groups.factors());
    }
  }

  private static boolean fits(UpdateRule rule, Matrix w, Matrix grad, Matrix state, Matrix rates) {
    boolean stateFits =
        rule.stateRows() == 0 || (state.rows() == rule.stateRows() && state.cols() == w.size());
    return grad.sameShape(w) && stateFits && rates.size() == UpdateRule.RATES;
  }

  private static void distinctParts(
      UpdateRule rule, Matrix w, Matrix grad, Matrix state, Matrix rates) {
    distinct("update", w, grad);
    distinct("update", w, rates);
    if (rule.stateRows() > 0) {
      distinct("update", state, w);
      distinct("update", state, grad);
      distinct("update", state, rates);
    }
  }

  private static IllegalArgumentException wrongUpdate(
      UpdateRule rule, String groups, Matrix w, Matrix grad, Matrix state, Matrix rates) {
    return wrong(
        "update " + rule.getClass().getSimpleName(),
        "%s%s, %s, %s, %s",
        groups,
        w.describe(),
        grad.describe(),
        state.describe(),
        rates.describe());
  }

  /** What is wrong with the starts of groups, for operations that can see them. */
  public static IndexOutOfBoundsException starts(RowGroups groups) {
    return new IndexOutOfBoundsException(
        String.format(
            Locale.ROOT,
            "%s: starts must ascend from 0 to %d, by at least 1",
            groups.describe(),
            groups.rows()));
  }

  /** {@link Backend#shrinkRows}. */
  public static void shrinkRows(
      UpdateRule rule, Penalty penalty, Matrix w, Matrix state, Matrix amounts) {
    withoutGroups("shrinkRows", penalty);
    boolean stateFits =
        rule.stateRows() == 0 || (state.rows() == rule.stateRows() && state.cols() == w.size());
    if (!stateFits || amounts.rows() != w.rows() || amounts.cols() != 1) {
      throw wrong(
          "shrinkRows " + rule.getClass().getSimpleName(),
          "%s, %s, %s",
          w.describe(),
          state.describe(),
          amounts.describe());
    }
    distinct("shrinkRows", w, amounts);
    if (rule.stateRows() > 0) {
      distinct("shrinkRows", w, state);
    }
  }

  /** {@link Backend#countZeros}. */
  public static void countZeros(Matrix x, Matrix out) {
    if (out.rows() != x.rows() || out.cols() != 1) {
      throw wrong("countZeros", "%s -> %s", x.describe(), out.describe());
    }
    distinct("countZeros", out, x);
  }

  /** {@link Backend#dense}. */
  public static void dense(Matrix x, Matrix w, Matrix bias, Matrix out) {
    matmul(Product.AB, x, w, out);
    addBias(out, bias, out);
  }

  /** {@link Backend#parameterGrad}. */
  public static void parameterGrad(Matrix x, Matrix grad, Matrix wGrad, Matrix biasGrad) {
    matmul(Product.ATB, x, grad, wGrad);
    sumRows(grad, biasGrad);
    distinct("parameterGrad", wGrad, biasGrad);
  }

  /** {@link Backend#inputGrad}. */
  public static void inputGrad(Matrix grad, Matrix w, Activation f, Matrix v, Matrix xGrad) {
    matmul(Product.ABT, grad, w, xGrad);
    activateGrad(f, v, xGrad);
  }

  /** {@link Backend#rowLossesAndGrad}. */
  public static void rowLossesAndGrad(
      Loss loss, Matrix logits, Matrix targets, Matrix rowLosses, Matrix grad) {
    rowLosses(loss, logits, targets, rowLosses);
    lossGrad(loss, logits, targets, grad);
    distinct("rowLossesAndGrad", grad, logits);
    distinct("rowLossesAndGrad", grad, rowLosses);
  }

  /** {@link Backend#penaltyAndUpdate}. */
  public static void penaltyAndUpdate(
      UpdateRule rule,
      Penalty penalty,
      Matrix w,
      Matrix grad,
      Matrix state,
      Matrix rates,
      Matrix penaltyOut) {
    penalty(penalty, rates, w, penaltyOut);
    update(rule, penalty, w, grad, state, rates);
    distinct("penaltyAndUpdate", penaltyOut, grad);
    distinct("penaltyAndUpdate", penaltyOut, rates);
    if (rule.stateRows() > 0) {
      distinct("penaltyAndUpdate", penaltyOut, state);
    }
  }

  private static void distinct(String operation, Matrix out, Matrix in) {
    if (out.overlaps(in)) {
      throw wrong(operation, "%s must not overlap %s", out.describe(), in.describe());
    }
  }

  private static void sameOrDistinct(String operation, Matrix out, Matrix in) {
    if (!out.sameAs(in) && out.overlaps(in)) {
      throw wrong(
          operation,
          "%s must be the same view as %s or not overlap it",
          out.describe(),
          in.describe());
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency of every user
  private static IllegalArgumentException wrong(String operation, String format, Object... found) {
    return new IllegalArgumentException(
        operation + ": " + String.format(Locale.ROOT, format, found));
  }
}
