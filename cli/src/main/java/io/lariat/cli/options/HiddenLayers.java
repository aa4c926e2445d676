package io.lariat.cli.options;

import io.lariat.backend.Activation;
import io.lariat.backend.Penalty;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Text;
import io.lariat.data.Dataset;
import io.lariat.model.Head;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The widths of the hidden layers, as {@code --hidden} gives them.
 *
 * @param units from the first layer to the last; empty for none
 */
public record HiddenLayers(List<Integer> units) {

  public HiddenLayers {
    units = List.copyOf(units);
  }

  /**
   * The network for {@code data} with these layers and no penalties.
   *
   * @throws Failure if it has too many parameters
   */
  public Network network(Dataset data, Activation activation, Head head) {
    Network network = Network.of(data.features());
    for (int width : units) {
      network = network.dense(width, activation);
    }
    network = network.withHead(head, data.schema().target(), Penalty.NONE);
    requireSize(network);
    return network;
  }

  /**
   * Checks that {@code network}, which has these layers, can be.
   *
   * @throws Failure if it has too many parameters
   */
  public void requireSize(Network network) {
    try {
      new ParameterLayout(network);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "--hidden " + this + " with " + network.inputs() + " features: " + e.getMessage());
    }
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return units.isEmpty()
        ? "none"
        : units.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Reads {@code 128,64} or {@code none}. */
  public static final class Converter implements ITypeConverter<HiddenLayers> {
    private static final String EXPECTED =
        "widths of at least 1 separated by commas, such as 128,64, or 'none'";

    @Override
    public HiddenLayers convert(String value) {
      if (value.strip().toLowerCase(Locale.ROOT).equals("none")) {
        return new HiddenLayers(List.of());
      }
      List<Integer> units = new ArrayList<>();
      for (String part : value.split(",", -1)) {
        units.add(width(part, value));
      }
      int most = Network.MOST_LAYERS - 1; // the head is one, too
      if (units.size() > most) {
        throw new TypeConversionException(
            Text.of("expected at most %d hidden layers, found %d", most, units.size()));
      }
      return new HiddenLayers(units);
    }

    private static int width(String part, String value) {
      try {
        int units = Integer.parseInt(part.strip());
        if (units >= 1) {
          return units;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a width of 0.
      }
      throw Numbers.unexpected(EXPECTED, value);
    }
  }
}
