package io.lariat.train;

import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.backend.Storage;
import java.util.ArrayList;
import java.util.List;

/** What is measured of the weights themselves after an epoch: the penalty and the exact zeros. */
final class EpochFigures {
  private final Backend backend;
  private final ParameterBlock parameters;
  private final Storage storage;
  private final Matrix penaltyCell;
  private final float[] cell = new float[1];
  private final float[] counts;
  private double penalty;
  private double penaltyByRow;
  private List<Long> zeros = List.of();
  private int featuresUsed;

  EpochFigures(Backend backend, Arena memory, ParameterBlock parameters) {
    this.backend = backend;
    this.parameters = parameters;
    int rows = 0;
    for (int i = 0; i < parameters.layout.layers(); i++) {
      rows = Math.max(rows, parameters.layout.in(i));
    }
    storage = memory.floats(rows + 1L);
    penaltyCell = new Matrix("penalty", storage, rows, 1, 1);
    counts = new float[rows];
  }

  /** Measures the weights as they are. */
  void measure() {
    penaltyByRow = penalty(parameters.byRow);
    penalty = penalty(parameters.penalized) + penaltyByRow;
    List<Long> found = new ArrayList<>();
    for (int i = 0; i < parameters.layout.layers(); i++) {
      int in = parameters.layout.in(i);
      Matrix perInput = new Matrix("zeros", storage, 0, in, 1);
      backend.countZeros(parameters.kernel(i), perInput);
      backend.read(perInput, counts, 0);
      long sum = 0;
      int used = 0;
      for (int j = 0; j < in; j++) {
        sum += (long) counts[j];
        used += counts[j] < parameters.layout.out(i) ? 1 : 0;
      }
      found.add(sum);
      if (i == 0) {
        featuresUsed = used;
      }
    }
    zeros = List.copyOf(found);
  }

  private double penalty(List<ParameterBlock.Group> groups) {
    double sum = 0;
    for (ParameterBlock.Group group : groups) {
      if (!group.penalty().isNone()) {
        group.measure(backend, parameters.rates, penaltyCell);
        backend.read(penaltyCell, cell, 0);
        sum += cell[0];
      }
    }
    return sum;
  }

  double penalty() {
    return penalty;
  }

  /** That part of it that no step measures, since steps look at a few rows only. */
  double penaltyByRow() {
    return penaltyByRow;
  }

  /** The exact zeros of each kernel. */
  List<Long> zeros() {
    return zeros;
  }

  int featuresUsed() {
    return featuresUsed;
  }
}
