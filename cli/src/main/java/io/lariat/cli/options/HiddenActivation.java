package io.lariat.cli.options;

import io.lariat.backend.Activation;
import io.lariat.model.Head;
import io.lariat.model.Heads;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The activation of hidden layers: any that is no head's. */
final class HiddenActivation extends OneOf<Activation> {

  HiddenActivation() {
    super(all());
  }

  private static List<Activation> all() {
    Set<Activation> all = EnumSet.allOf(Activation.class);
    for (Head head : Heads.all()) {
      all.remove(head.activation());
    }
    return List.copyOf(all);
  }
}
