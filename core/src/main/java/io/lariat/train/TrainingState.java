package io.lariat.train;

import io.lariat.model.ParameterLayout;
import io.lariat.train.BestWeights.Kept;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
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

  /** Whether its epochs could be those of such a training. */
  boolean hasEpochsOf(ParameterLayout layout, boolean isValidated) {
    boolean could = best.epoch() <= epochs.size() && best.since() <= epochs.size();
    for (int i = 0; i < epochs.size(); i++) {
      Epoch epoch = epochs.get(i);
      Epoch.@Nullable Validation validation = epoch.validation();
      could &=
          epoch.number() == i + 1
              && Double.isFinite(epoch.loss())
              && (validation != null) == isValidated
              && (validation == null || Double.isFinite(validation.loss()))
              && epoch.zeros().size() == layout.layers()
              && epoch.featuresUsed() >= 0
              && epoch.featuresUsed() <= layout.in(0);
      for (int k = 0; could && k < layout.layers(); k++) {
        long weights = (long) layout.in(k) * layout.out(k);
        could = epoch.zeros().get(k) >= 0 && epoch.zeros().get(k) <= weights;
      }
    }
    return could;
  }

  /** How many {@link #bytes} there are. */
  public long size() {
    long size = 8L * Integer.BYTES + 2L * Double.BYTES;
    for (Epoch epoch : epochs) {
      int doubles = (epoch.validation() == null ? 3 : 6) + 1 + epoch.zeros().size();
      size += 3L * Integer.BYTES + 1 + (long) Double.BYTES * doubles;
    }
    size += (long) Double.BYTES * stepLosses.length + (long) Float.BYTES * weights.length;
    for (float[] values : optimizer) {
      size += Integer.BYTES + (long) Float.BYTES * values.length;
    }
    return size + (long) Float.BYTES * best.weights().length;
  }

  /**
   * The state as bytes, some 4 for each parameter and each number that the optimizer keeps.
   *
   * @throws IllegalStateException if there are more than an array holds
   */
  public byte[] bytes() {
    long size = size();
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          "training state: " + size + " bytes, at most 2147483639 fit into an array");
    }
    ByteBuffer out = ByteBuffer.allocate((int) size);
    out.putInt(FORMAT);
    out.putInt(epochs.size());
    for (Epoch epoch : epochs) {
      put(epoch, out);
    }
    out.putInt(stepLosses.length);
    for (double loss : stepLosses) {
      out.putDouble(loss);
    }
    put(weights, out);
    out.putInt(optimizer.size());
    for (float[] values : optimizer) {
      put(values, out);
    }
    out.putDouble(paid);
    out.putDouble(best.least());
    out.putInt(best.since());
    out.putInt(best.epoch());
    put(best.weights(), out);
    return out.array();
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

  /**
   * The state that {@code parts} have under {@code name}; null: they have none.
   *
   * @throws PartException if what they have is no state
   */
  public static @Nullable TrainingState find(Parts parts, String name) {
    byte @Nullable [] part = parts.find(name);
    try {
      return part == null ? null : of(part);
    } catch (IllegalArgumentException e) {
      throw new PartException(name, String.valueOf(e.getMessage()));
    }
  }

  private static void put(Epoch epoch, ByteBuffer out) {
    out.putInt(epoch.number());
    out.putDouble(epoch.dataLoss());
    out.putDouble(epoch.penalty());
    out.putDouble(epoch.metric());
    Epoch.@Nullable Validation validation = epoch.validation();
    out.put((byte) (validation == null ? 0 : 1));
    if (validation != null) {
      out.putDouble(validation.dataLoss());
      out.putDouble(validation.penalty());
      out.putDouble(validation.metric());
    }
    out.putInt(epoch.zeros().size());
    for (long zeros : epoch.zeros()) {
      out.putLong(zeros);
    }
    out.putInt(epoch.featuresUsed());
    out.putDouble(epoch.seconds());
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

  private static void put(float[] values, ByteBuffer out) {
    out.putInt(values.length);
    out.asFloatBuffer().put(values);
    out.position(out.position() + Float.BYTES * values.length);
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] values = new float[count(in, Float.BYTES)];
    ByteBuffer.wrap(in.readNBytes(values.length * Float.BYTES)).asFloatBuffer().get(values);
    return values;
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
