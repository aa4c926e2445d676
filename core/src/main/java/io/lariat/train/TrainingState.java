package io.lariat.train;

import io.lariat.train.BestWeights.Kept;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a training has come to at the end of an epoch: all that the next epochs depend on besides
 * network, data and settings. A training that {@linkplain Trainer#resume goes on} from it ends with
 * the same bits as the one that it was taken of. See {@link Trainer#checkpoint}.
 */
public final class TrainingState {
  private static final int FORMAT = 0x4c52_5301; // "LRS", version 1

  /** The epochs so far; those of random streams and the step's number follow from how many. */
  final List<Epoch> epochs;

  final double[] stepLosses;
  final float[] weights;

  /** The optimizer's, of each group of parameters. */
  final List<float[]> optimizer;

  /** The sum of all steps' thresholds, of sparse rows. */
  final double paid;

  final Kept best;

  TrainingState(
      List<Epoch> epochs,
      double[] stepLosses,
      float[] weights,
      List<float[]> optimizer,
      double paid,
      Kept best) {
    this.epochs = List.copyOf(epochs);
    this.stepLosses = stepLosses;
    this.weights = weights;
    this.optimizer = List.copyOf(optimizer);
    this.paid = paid;
    this.best = best;
  }

  /** How many epochs were trained. */
  public int epochsRun() {
    return epochs.size();
  }

  /** The state as bytes, some 4 for each parameter and each number that the optimizer keeps. */
  public byte[] bytes() {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORMAT);
      out.writeInt(epochs.size());
      for (Epoch epoch : epochs) {
        write(epoch, out);
      }
      write(stepLosses, out);
      write(weights, out);
      out.writeInt(optimizer.size());
      for (float[] values : optimizer) {
        write(values, out);
      }
      out.writeDouble(paid);
      out.writeDouble(best.least());
      out.writeInt(best.since());
      out.writeInt(best.epoch());
      write(best.weights(), out);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The state of {@link #bytes}.
   *
   * @throws IllegalArgumentException if they are not those of a state
   */
  public static TrainingState of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != FORMAT) {
        throw new IllegalArgumentException("training state: expected one of this version");
      }
      List<Epoch> epochs = new ArrayList<>();
      for (int count = in.readInt(); count > 0; count--) {
        epochs.add(epoch(in));
      }
      double[] stepLosses = doubles(in);
      float[] weights = floats(in);
      List<float[]> optimizer = new ArrayList<>();
      for (int count = in.readInt(); count > 0; count--) {
        optimizer.add(floats(in));
      }
      double paid = in.readDouble();
      Kept best = new Kept(in.readDouble(), in.readInt(), in.readInt(), floats(in));
      return new TrainingState(epochs, stepLosses, weights, optimizer, paid, best);
    } catch (IOException e) {
      throw new IllegalArgumentException("training state: " + bytes.length + " bytes end early", e);
    }
  }

  private static void write(Epoch epoch, DataOutputStream out) throws IOException {
    out.writeInt(epoch.number());
    out.writeDouble(epoch.dataLoss());
    out.writeDouble(epoch.penalty());
    out.writeDouble(epoch.metric());
    Epoch.@Nullable Validation validation = epoch.validation();
    out.writeBoolean(validation != null);
    if (validation != null) {
      out.writeDouble(validation.dataLoss());
      out.writeDouble(validation.penalty());
      out.writeDouble(validation.metric());
    }
    out.writeInt(epoch.zeros().size());
    for (long zeros : epoch.zeros()) {
      out.writeLong(zeros);
    }
    out.writeInt(epoch.featuresUsed());
    out.writeDouble(epoch.seconds());
  }

  private static Epoch epoch(DataInputStream in) throws IOException {
    int number = in.readInt();
    double dataLoss = in.readDouble();
    double penalty = in.readDouble();
    double metric = in.readDouble();
    Epoch.@Nullable Validation validation =
        in.readBoolean()
            ? new Epoch.Validation(in.readDouble(), in.readDouble(), in.readDouble())
            : null;
    List<Long> zeros = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      zeros.add(in.readLong());
    }
    return new Epoch(
        number, dataLoss, penalty, metric, validation, zeros, in.readInt(), in.readDouble());
  }

  private static void write(float[] values, DataOutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.asFloatBuffer().put(values);
    out.writeInt(values.length);
    out.write(bytes.array());
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] values = new float[count(in, Float.BYTES)];
    ByteBuffer.wrap(in.readNBytes(values.length * Float.BYTES)).asFloatBuffer().get(values);
    return values;
  }

  private static void write(double[] values, DataOutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
    bytes.asDoubleBuffer().put(values);
    out.writeInt(values.length);
    out.write(bytes.array());
  }

  private static double[] doubles(DataInputStream in) throws IOException {
    double[] values = new double[count(in, Double.BYTES)];
    ByteBuffer.wrap(in.readNBytes(values.length * Double.BYTES)).asDoubleBuffer().get(values);
    return values;
  }

  /** How many numbers follow: never more than there are bytes for. */
  private static int count(DataInputStream in, int bytesEach) throws IOException {
    int count = in.readInt();
    if (count < 0 || (long) count * bytesEach > in.available()) {
      throw new IOException(count + " numbers in " + in.available() + " bytes");
    }
    return count;
  }
}
