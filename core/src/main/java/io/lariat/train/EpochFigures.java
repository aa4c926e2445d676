package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.backend.Storage;
import java.util.ArrayList;
import java.util.List;

/** What is measured of the weights themselves after an epoch: the penalty and the exact zeros. */
final class EpochFigures implements AutoCloseable {
  private final Backend backend;
  private final ParameterBlock parameters;
  private final Storage storage;
  private final Matrix penaltyCell;
  private final float[] cell = new float[1];
  private final float[] counts;
  private double penalty;
  private List<Long> zeros = List.of();
  private int featuresUsed;

  EpochFigures(Backend backend, ParameterBlock parameters) {
    this.backend = backend;
    this.parameters = parameters;
    int rows = 0;
    for (int i = 0; i < parameters.layout.layers(); i++) {
      rows = Math.max(rows, parameters.layout.in(i));
    }
    storage = backend.allocate(rows + 1L);
    penaltyCell = new Matrix("penalty", storage, rows, 1, 1);
    counts = new float[rows];
  }

  /** Measures the weights as they are. */
  void measure() {
    penalty = 0;
    for (ParameterBlock.Group group : parameters.penalized) {
      backend.penalty(group.penalty(), group.weights(), penaltyCell);
      backend.read(penaltyCell, cell, 0);
      penalty += cell[0];
    }
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

  double penalty() {
    return penalty;
  }

  /** The exact zeros of each kernel. */
  List<Long> zeros() {
    return zeros;
  }

  int featuresUsed() {
    return featuresUsed;
  }

  @Override
  public void close() {
    storage.close();
  }
}
