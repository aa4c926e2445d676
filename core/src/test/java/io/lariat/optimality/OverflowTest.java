package io.lariat.optimality;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Activation;
import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.data.Task;
import io.lariat.model.Model;
import io.lariat.model.ModelException;
import io.lariat.model.Network;
import io.lariat.model.Weights;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models whose numbers are beyond all numbers on the rows that they are to be certified on. */
@Tag("D17")
class OverflowTest {

  @ParameterizedTest
  @ValueSource(doubles = {4.9e-324, 1e-308, 1e-200})
  void cannotBeCertified(double deviation) {
    double[][] x = {{1, 2}, {2, 1}, {3, 5}, {4, 4}};
    Dataset data = Dataset.of(x, new double[] {1, 2, 3, 5}, Task.REGRESSION);
    Network network = Network.of(2).dense(1, Activation.IDENTITY);
    Model model =
        new Model(
            network,
            Weights.initial(network, new Random(1)),
            data.schema(),
            new Standardization(new double[2], new double[] {deviation, deviation}),
            Standardization.ofTarget(data, 4),
            Map.of());
    assertThatThrownBy(() -> Certification.of(model, data))
        .isInstanceOf(ModelException.class)
        .hasMessageMatching(
            "on data set the model's objective is (Infinity|NaN) and its residual"
                + " (Infinity|NaN|[0-9.E]+), so it cannot be certified; .*train again");
  }
}
