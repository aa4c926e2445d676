package io.lariat.cli.options;

import io.lariat.backend.Activation;
import io.lariat.cli.words.Text;
import io.lariat.model.Heads;
import java.util.List;
import java.util.stream.Stream;

/** The activation of hidden layers: any that is no head's. */
final class HiddenActivation extends OneOf<Activation> {

  HiddenActivation() {
    super(all(), Text::word);
  }

  private static List<Activation> all() {
    return Stream.of(Activation.values())
        .filter(f -> Heads.all().stream().noneMatch(head -> head.activation() == f))
        .toList();
  }
}
