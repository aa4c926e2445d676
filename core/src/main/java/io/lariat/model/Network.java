package io.lariat.model;

import io.lariat.backend.Activation;
import io.lariat.backend.Loss;
import io.lariat.backend.Penalty;
import io.lariat.data.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The architecture of a dense network; immutable, each call gives a new one:
 *
 * <pre>{@code
 * Network.of(30).dense(128, RELU, l1(0.001)).dropout(0.2).dense(1, SIGMOID)
 * }</pre>
 *
 * <p>The last layer is the head and decides the loss: {@code dense(1, SIGMOID)} binary
 * cross-entropy, {@code dense(k, SOFTMAX)} categorical cross-entropy, {@code dense(1, IDENTITY)}
 * mean squared error, unless {@link #loss(Loss)} says another.
 */
public final class Network {
  /** The most dense layers that a network may have, the head included. */
  public static final int MOST_LAYERS = 1000;

  private final int inputs;
  private final List<Layer> layers;
  private final Initializer initializer;
  private final List<InputGroup> inputGroups;

  /** Null: the usual one of the last layer's activation. */
  private final @Nullable Loss chosen;

  private Network(
      int inputs,
      List<Layer> layers,
      Initializer initializer,
      List<InputGroup> inputGroups,
      @Nullable Loss chosen) {
    this.inputs = inputs;
    this.layers = List.copyOf(layers);
    this.initializer = initializer;
    this.inputGroups = List.copyOf(inputGroups);
    this.chosen = chosen;
  }

  /** The same settings for {@code inputs} features, and no layer yet: to be given others. */
  public Network emptied(int inputs) {
    return new Network(inputs, List.of(), initializer, List.of(), chosen);
  }

  private Network with(List<Layer> others, List<InputGroup> groups) {
    return new Network(inputs, others, initializer, groups, chosen);
  }

  /** A network of {@code inputs} features and no layer yet. */
  public static Network of(int inputs) {
    if (inputs < 1) {
      throw new IllegalArgumentException("network: expected at least 1 input, found " + inputs);
    }
    return new Network(inputs, List.of(), Initializer.GLOROT_UNIFORM, List.of(), null);
  }

  /** Adds a dense layer without a penalty. */
  public Network dense(int units, Activation activation) {
    return dense(units, activation, Penalty.NONE);
  }

  /**
   * Adds a dense layer with a penalty on its kernel.
   *
   * @throws IllegalArgumentException if the penalty has a group part and this is not the first
   *     layer, or there are {@value #MOST_LAYERS} layers already
   */
  public Network dense(int units, Activation activation, Penalty penalty) {
    if (!layers.isEmpty() && penalty.group() > 0) {
      throw new IllegalArgumentException(
          "network: a group penalty is on groups of input features, so on the first layer only,"
              + " found "
              + penalty.group()
              + " on layer "
              + layers.size());
    }
    if (layers.size() == MOST_LAYERS) {
      throw new IllegalArgumentException(
          "network: expected at most " + MOST_LAYERS + " dense layers, the last one included");
    }
    if (!layers.isEmpty() && layers.getLast().activation().isByRow()) {
      throw new IllegalArgumentException("network: a softmax layer must be the last");
    }
    List<Layer> more = new ArrayList<>(layers);
    more.add(new Layer(units, activation, penalty, 0));
    return with(more, inputGroups);
  }

  /** Adds the last layer for {@code target}, with a penalty on its kernel. */
  public Network withHead(Head head, Target target, Penalty penalty) {
    return dense(target.outputs(), head.activation(), penalty).loss(head.loss());
  }

  /**
   * Trains by {@code other} instead of the usual loss of the last layer's activation, which is to
   * be {@code other}'s own.
   */
  public Network loss(Loss other) {
    boolean isUsual =
        Heads.of(other.activation()).map(Head::loss).filter(other::equals).isPresent();
    return new Network(inputs, layers, initializer, inputGroups, isUsual ? null : other);
  }

  /** Adds dropout after the last hidden layer so far. */
  public Network dropout(double rate) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("network: dropout must follow a dense layer");
    }
    List<Layer> changed = new ArrayList<>(layers);
    Layer last = changed.removeLast();
    changed.add(new Layer(last.units(), last.activation(), last.penalty(), rate));
    return with(changed, inputGroups);
  }

  /** Draws all kernels by {@code drawing} instead of {@link Initializer#GLOROT_UNIFORM}. */
  public Network initializer(Initializer drawing) {
    return new Network(inputs, layers, drawing, inputGroups, chosen);
  }

  /**
   * Penalises the rows of the first kernel in these groups, from the first feature to the last;
   * with an empty list, and unless called, each feature is a group with factor 1.
   *
   * @throws IllegalArgumentException if the groups' rows are not as many as the inputs
   */
  public Network inputGroups(List<InputGroup> groups) {
    long rows = groups.stream().mapToLong(InputGroup::rows).sum();
    if (!groups.isEmpty() && rows != inputs) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: the input groups have %d rows, the inputs are %d",
              rows,
              inputs));
    }
    return with(layers, groups);
  }

  /** The same network without penalties: the twin that shows what they do. */
  public Network withoutPenalties() {
    List<Layer> plain = new ArrayList<>();
    for (Layer l : layers) {
      plain.add(new Layer(l.units(), l.activation(), Penalty.NONE, l.dropout()));
    }
    return with(plain, List.of());
  }

  /**
   * The same network with its penalties at other strengths.
   *
   * @param lasso what l1 and the group penalty are multiplied by
   * @param ridge what l2 is multiplied by
   */
  public Network atStrengths(double lasso, double ridge) {
    if (lasso == 1 && ridge == 1) {
      return this;
    }
    List<Layer> scaled = new ArrayList<>();
    for (Layer l : layers) {
      Penalty penalty = l.penalty().times(lasso, ridge);
      scaled.add(new Layer(l.units(), l.activation(), penalty, l.dropout()));
    }
    return with(scaled, inputGroups);
  }

  /** The number of inputs. */
  public int inputs() {
    return inputs;
  }

  /** The number of outputs: the units of the head. */
  public int outputs() {
    return head().units();
  }

  /** The layers, from the input to the head. */
  public List<Layer> layers() {
    return layers;
  }

  /** How kernels are drawn. */
  public Initializer initializer() {
    return initializer;
  }

  /** The groups in which the first kernel's rows are penalised; empty if each feature is one. */
  public List<InputGroup> inputGroups() {
    return inputGroups;
  }

  /** The number of inputs of layer {@code i}. */
  public int inputsOf(int i) {
    return i == 0 ? inputs : layers.get(i - 1).units();
  }

  /** Whether any weight has a penalty. */
  public boolean isPenalized() {
    boolean freeInputs =
        !inputGroups.isEmpty() && inputGroups.stream().allMatch(g -> g.factor() == 0);
    return layers.stream().skip(freeInputs ? 1 : 0).anyMatch(l -> !l.penalty().isNone());
  }

  /** The last layer. */
  public Layer head() {
    if (layers.isEmpty()) {
      throw new IllegalStateException("network: expected at least one dense layer, found none");
    }
    return layers.getLast();
  }

  /**
   * The loss that is trained by.
   *
   * @throws IllegalStateException if none goes with the last layer
   */
  public Loss loss() {
    Layer head = head();
    if (head.dropout() > 0) {
      throw new IllegalStateException("network: dropout after the last layer makes no sense");
    }
    if (chosen == null) {
      return Heads.of(head.activation()).orElseThrow(() -> noHead(head.activation())).loss();
    }
    if (chosen.activation() != head.activation()) {
      throw new IllegalStateException(
          "network: the loss "
              + chosen.name()
              + " needs a last layer of the activation "
              + chosen.activation()
              + ", found "
              + head.activation());
    }
    return chosen;
  }

  /** The loss, if it is not the usual one of the last layer. */
  @Nullable Loss chosenLoss() {
    return chosen;
  }

  private static IllegalStateException noHead(Activation found) {
    List<String> usual =
        Heads.usual().map(head -> head.activation() + " (" + head.name() + ")").toList();
    return new IllegalStateException(
        "network: the last layer's activation must be "
            + String.join(", ", usual.subList(0, usual.size() - 1))
            + " or "
            + usual.getLast()
            + ", found "
            + found);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that
        && inputs == that.inputs
        && layers.equals(that.layers)
        && initializer == that.initializer
        && inputGroups.equals(that.inputGroups)
        && Objects.equals(chosen, that.chosen);
  }

  @Override
  public int hashCode() {
    return Objects.hash(inputs, layers, initializer, inputGroups, chosen);
  }

  /**
   * The widths, activations, penalties and dropout, as {@code 30 -> 8 relu l1 0.01 -> 1 sigmoid};
   * the loss too where it is not the usual one.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(inputs);
    for (Layer layer : layers) {
      text.append(" -> ").append(layer.units()).append(' ');
      text.append(NetworkJson.lower(layer.activation()));
      append(text, "l1", layer.penalty().l1());
      append(text, "l2", layer.penalty().l2());
      append(text, "group", layer.penalty().group());
      append(text, "dropout", layer.dropout());
    }
    if (chosen != null) {
      append(text.append(' ').append(chosen.name()), "with", chosen.parameter());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String what, double strength) {
    if (strength > 0) {
      text.append(' ').append(what).append(' ').append(strength);
    }
  }
}
