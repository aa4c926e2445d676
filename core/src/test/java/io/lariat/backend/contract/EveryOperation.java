package io.lariat.backend.contract;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.Indices;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Product;
import io.lariat.backend.RowGroups;
import io.lariat.backend.SparseMatrix;
import io.lariat.backend.Storage;
import io.lariat.backend.UpdateRule;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every operation called once with matrices of the right shapes, of which one may lie in memory
 * that the operation must refuse: foreign or closed.
 */
final class EveryOperation {
  private static final UpdateRule ADAM = new UpdateRule.Adam(0.9, 0.999, 1e-7);

  private EveryOperation() {}

  /** The memory of one argument, or of all of them. */
  private record Arguments(Storage usual, Storage other, Indices ints, int argument) {

    /** Argument {@code number}, {@code [rows x cols]}, at a place of its own. */
    Matrix at(int number, int rows, int cols) {
      Storage storage = number == argument || argument < 0 ? other : usual;
      return new Matrix("argument" + number, storage, number * 8L, rows, cols);
    }
  }

  /**
   * Calls by name, where argument {@code argument} (all, if negative) lies in {@code other} and the
   * others in {@code usual}; both hold 64 floats. Calls without such an argument are left out.
   */
  static Map<String, Runnable> calls(
      Backend b, Storage usual, Storage other, Indices ints, int argument) {
    Arguments m = new Arguments(usual, other, ints, argument);
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("write", () -> b.write(new float[4], 0, m.at(0, 2, 2)));
    calls.put("read", () -> b.read(m.at(0, 2, 2), new float[4], 0));
    calls.put(
        "penalty",
        () -> b.penalty(Penalty.l1(1), m.at(0, 1, UpdateRule.RATES), m.at(1, 2, 2), m.at(2, 1, 1)));
    calls.put("copy", () -> b.copy(m.at(0, 2, 2), m.at(1, 2, 2)));
    calls.put("gatherRows", () -> b.gatherRows(m.at(0, 2, 2), ints, m.at(1, 1, 2)));
    calls.put("scatterRows", () -> b.scatterRows(m.at(0, 1, 2), ints, m.at(1, 2, 2)));
    calls.put("activate", () -> b.activate(Activation.TANH, m.at(0, 2, 2), m.at(1, 2, 2)));
    calls.put("activateGrad", () -> b.activateGrad(Activation.TANH, m.at(0, 2, 2), m.at(1, 2, 2)));
    calls.put("sumRows", () -> b.sumRows(m.at(0, 2, 2), m.at(1, 1, 2)));
    calls.put("dropout", () -> b.dropout(0.5, ints, m.at(0, 2, 2), m.at(1, 2, 2)));
    calls.put("countZeros", () -> b.countZeros(m.at(0, 2, 2), m.at(1, 2, 1)));
    for (Product p : Product.values()) {
      calls.put("matmul " + p, () -> b.matmul(p, m.at(0, 2, 2), m.at(1, 2, 2), m.at(2, 2, 2)));
    }
    calls.put(
        "matmul sparse",
        () -> {
          Indices starts = b.allocateIndices(2);
          SparseMatrix a = new SparseMatrix("a", starts, ints, m.at(0, 1, 1), 1, 2);
          b.matmul(a, m.at(1, 2, 2), m.at(2, 1, 2));
        });
    calls.put(
        "shrinkRows",
        () -> b.shrinkRows(ADAM, Penalty.l1(1), m.at(0, 2, 2), m.at(1, 2, 4), m.at(2, 2, 1)));
    calls.put("addBias", () -> b.addBias(m.at(0, 2, 2), m.at(1, 1, 2), m.at(2, 2, 2)));
    Loss mse = new MeanSquaredError();
    calls.put("rowLosses", () -> b.rowLosses(mse, m.at(0, 2, 2), m.at(1, 2, 2), m.at(2, 2, 2)));
    calls.put("lossGrad", () -> b.lossGrad(mse, m.at(0, 2, 2), m.at(1, 2, 2), m.at(2, 2, 2)));
    calls.put(
        "update",
        () ->
            b.update(
                ADAM,
                Penalty.l1(1),
                PenaltyMethod.PROXIMAL,
                m.at(0, 1, 4),
                m.at(1, 1, 4),
                m.at(2, 2, 4),
                m.at(3, 1, UpdateRule.RATES)));
    addGroups(calls, b, m);
    addFusions(calls, b, m);
    if (argument >= 0) {
      calls.keySet().removeIf(name -> argument >= numberOfMatrices(name));
    }
    return calls;
  }

  private static void addGroups(Map<String, Runnable> calls, Backend b, Arguments m) {
    calls.put(
        "penalty of groups",
        () ->
            b.penalty(
                Penalty.group(1),
                groups(b, m),
                m.at(1, 1, UpdateRule.RATES),
                m.at(2, 2, 2),
                m.at(3, 1, 1)));
    calls.put(
        "update of groups",
        () ->
            b.update(
                ADAM,
                Penalty.group(1),
                PenaltyMethod.PROXIMAL,
                groups(b, m),
                m.at(1, 2, 2),
                m.at(2, 2, 2),
                m.at(3, 2, 4),
                m.at(4, 1, UpdateRule.RATES)));
  }

  /** A group of two rows. */
  private static RowGroups groups(Backend b, Arguments m) {
    Indices starts = b.allocateIndices(2);
    b.write(new int[] {0, 2}, 0, starts);
    return new RowGroups(starts, m.at(0, 1, 1), 2);
  }

  private static void addFusions(Map<String, Runnable> calls, Backend b, Arguments m) {
    calls.put(
        "dense",
        () -> b.dense(m.at(0, 2, 2), m.at(1, 2, 2), m.at(2, 1, 2), Activation.RELU, m.at(3, 2, 2)));
    calls.put(
        "parameterGrad",
        () -> b.parameterGrad(m.at(0, 2, 2), m.at(1, 2, 2), m.at(2, 2, 2), m.at(3, 1, 2)));
    calls.put(
        "inputGrad",
        () ->
            b.inputGrad(
                m.at(0, 2, 2), m.at(1, 2, 2), Activation.RELU, m.at(2, 2, 2), m.at(3, 2, 2)));
    calls.put(
        "rowLossesAndGrad",
        () ->
            b.rowLossesAndGrad(
                new MeanSquaredError(),
                m.at(0, 2, 2),
                m.at(1, 2, 2),
                m.at(2, 2, 2),
                m.at(3, 2, 2)));
    calls.put(
        "penaltyAndUpdate",
        () ->
            b.penaltyAndUpdate(
                ADAM,
                Penalty.l1(1),
                PenaltyMethod.PROXIMAL,
                m.at(0, 1, 4),
                m.at(1, 1, 4),
                m.at(2, 2, 4),
                m.at(3, 1, UpdateRule.RATES),
                m.at(4, 1, 1)));
  }

  private static int numberOfMatrices(String name) {
    return switch (name) {
      case "write", "read" -> 1;
      case "matmul AB", "matmul ATB", "matmul ABT", "matmul sparse", "shrinkRows", "penalty" -> 3;
      case "addBias", "rowLosses", "lossGrad" -> 3;
      case "update",
          "dense",
          "parameterGrad",
          "inputGrad",
          "rowLossesAndGrad",
          "penalty of groups" ->
          4;
      case "penaltyAndUpdate", "update of groups" -> 5;
      default -> 2;
    };
  }
}
