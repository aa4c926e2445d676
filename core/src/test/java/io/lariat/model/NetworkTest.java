package io.lariat.model;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.SOFTMAX;
import static io.lariat.backend.Penalty.l1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lariat.backend.BinaryCrossEntropy;
import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Penalty;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTest {

  @Test
  void theHeadDecidesTheLoss() {
    assertThat(Network.of(2).dense(1, SIGMOID).loss()).isEqualTo(new BinaryCrossEntropy());
    assertThat(Network.of(2).dense(3, SOFTMAX).loss()).isEqualTo(new CategoricalCrossEntropy());
    assertThat(Network.of(2).dense(1, IDENTITY).loss()).isEqualTo(new MeanSquaredError());
    assertThatIllegalStateException().isThrownBy(() -> Network.of(2).dense(1, RELU).loss());
    assertThatIllegalStateException().isThrownBy(() -> Network.of(2).loss());
  }

  @Test
  void everyCallGivesANewNetwork() {
    Network one = Network.of(3).dense(4, RELU, l1(0.1));
    Network two = one.dropout(0.5).dense(1, SIGMOID);
    assertThat(one.layers()).hasSize(1);
    assertThat(one.head().dropout()).isZero();
    assertThat(two.layers()).hasSize(2);
    assertThat(two.layers().getFirst().dropout()).isEqualTo(0.5);
    assertThat(two.layers().getFirst().penalty()).isEqualTo(l1(0.1));
    assertThat(two.isPenalized()).isTrue();
    Network plain = two.withoutPenalties();
    assertThat(plain.isPenalized()).isFalse();
    assertThat(plain.layers().getFirst().penalty()).isEqualTo(Penalty.NONE);
    assertThat(plain.layers().getFirst().dropout()).isEqualTo(0.5);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(0))
        .withMessage("network: expected at least 1 input, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(1).dense(0, RELU))
        .withMessage("dense layer: expected at least 1 unit, found 0");
    assertThatIllegalArgumentException().isThrownBy(() -> Network.of(1).dropout(0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> Network.of(1).dense(1, RELU).dropout(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(1).dense(2, SOFTMAX).dense(1, RELU));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> l1(-1))
        .withMessage("penalty l1: expected a finite number of at least 0, found -1.0");
  }

  @Test
  void inputGroupsCoverTheInputs() {
    List<InputGroup> groups = List.of(new InputGroup(1, 0), new InputGroup(2, 1));
    Network network = Network.of(3).inputGroups(groups).dense(4, RELU).dropout(0.5);
    assertThat(network.dense(1, SIGMOID).inputGroups()).isEqualTo(groups);
    assertThat(network.initializer(Initializer.HE_NORMAL).inputGroups()).isEqualTo(groups);
    assertThat(network.withoutPenalties().inputGroups()).isEmpty();
    assertThat(network.inputGroups(List.of()).inputGroups()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(4).inputGroups(groups))
        .withMessage("network: the input groups have 3 rows, the inputs are 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InputGroup(0, 1))
        .withMessage("input group: expected at least 1 row, found 0");
    for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new InputGroup(1, wrong))
          .withMessage("input group: expected a finite factor of at least 0, found " + wrong);
    }
  }

  @Test
  void groupPenaltiesAreOnTheFirstLayerOnly() {
    Network network = Network.of(3).dense(4, RELU, Penalty.group(0.1));
    assertThat(network.isPenalized()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.dense(1, SIGMOID, Penalty.group(0.2)))
        .withMessage(
            "network: a group penalty is on groups of input features, so on the first layer only,"
                + " found 0.2 on layer 1");
  }

  @Test
  void aNetworkWhoseInputsAreAllProtectedIsNotPenalized() {
    List<InputGroup> kept = List.of(new InputGroup(3, 0));
    Network network = Network.of(3).dense(4, RELU, l1(0.1)).inputGroups(kept);
    assertThat(network.isPenalized()).isFalse();
    assertThat(network.dense(1, SIGMOID, l1(0.1)).isPenalized()).isTrue();
  }

  @Test
  void kernelsComeFirstThenBiases() {
    ParameterLayout layout = new ParameterLayout(Network.of(3).dense(4, RELU).dense(2, SOFTMAX));
    assertThat(layout.kernelOffset(0)).isZero();
    assertThat(layout.kernelOffset(1)).isEqualTo(12);
    assertThat(layout.biasOffset(0)).isEqualTo(20);
    assertThat(layout.biasOffset(1)).isEqualTo(24);
    assertThat(layout.size()).isEqualTo(26);
    assertThat(layout.kernels()).isEqualTo(20);
  }

  @Test
  void moreParametersThanAnArrayHoldsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ParameterLayout(Network.of(1 << 20).dense(1 << 12, RELU)));
  }
}
