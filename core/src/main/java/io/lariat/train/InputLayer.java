package io.lariat.train;

import io.lariat.backend.Activation;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;

/** The first layer of a network, which meets the data: in dense rows or in sparse ones. */
sealed interface InputLayer permits DenseInput, SparseInput {

  /** Whether a step's operations are the same ones every time, so that it can be recorded. */
  boolean isRecordable();

  /**
   * Does what the host must do before a step.
   *
   * @param order the epoch's order of rows
   * @param from where the batch begins in it
   * @param count the rows of the batch
   * @param rates what varies from step to step
   */
  void prepare(int[] order, int from, int count, StepRates rates);

  /** Whether a step fetches the rows of the next one while it computes. */
  boolean fetchesAhead();

  /** Fetches the rows of the next step; touches nothing that a step computes with. */
  void fetchNext();

  /** Makes the rows that were fetched those of the next step. */
  void advance();

  /** {@code out = f(x w + b)} for the batch; {@code rows} are its rows' numbers. */
  void forward(Indices rows, Activation f, Matrix out);

  /** The gradients of the layer's parameters, from that of the batch's {@code x w + b}. */
  void gradient(Matrix grad);

  /** Updates what is not in a group of the {@link ParameterBlock}. */
  void update(Matrix rates);

  /** Brings all weights up to date after some steps. */
  void settle();

  /** The sum of all steps' thresholds so far; 0 where none is ever owed. */
  double paid();

  /** Goes on after {@link #settle} of a training that had come to {@code paid}. */
  void resume(double paid);

  /** {@code out = f(x w + b)} for neighbouring rows of the data, from row {@code from} on. */
  void forwardRange(int from, Activation f, Matrix out);
}
