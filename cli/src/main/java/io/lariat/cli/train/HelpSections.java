package io.lariat.cli.train;

import io.lariat.cli.options.BackendOption;
import io.lariat.cli.options.DataOptions;
import io.lariat.cli.words.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists the options of {@code train} under headings, its positional parameters under the first. */
public final class HelpSections implements IHelpSectionRenderer {
  /** The headings of what {@link TrainOptions} mixes in; all else is output. */
  private static final Map<Class<?>, String> HEADINGS =
      Map.of(
          DataOptions.class, "Data",
          NetworkOptions.class, "Network",
          TrainingOptions.class, "Training",
          PolishOptions.class, "Training",
          BackendOption.class, "Backend");

  /** Has {@code command} list its options so. */
  public static void show(CommandLine command) {
    command.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST);
    command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new HelpSections());
  }

  @Override
  public String render(Help help) {
    Map<String, List<OptionSpec>> sections = new LinkedHashMap<>();
    for (String heading : List.of("Data", "Network", "Training", "Backend")) {
      sections.put(heading, new ArrayList<>());
    }
    Map<OptionSpec, String> headings = headings(help.commandSpec());
    for (OptionSpec option : help.commandSpec().options()) {
      String heading = headings.getOrDefault(option, "Output");
      sections.computeIfAbsent(heading, h -> new ArrayList<>()).add(option);
    }
    StringBuilder text = new StringBuilder();
    sections.forEach(
        (heading, options) -> {
          if (!options.isEmpty()) {
            boolean first = text.isEmpty();
            List<PositionalParamSpec> data =
                first ? help.commandSpec().positionalParameters() : List.of();
            Help.Layout layout = help.createDefaultLayout(options, data, help.colorScheme());
            layout.addAllPositionalParameters(data, help.createDefaultParamLabelRenderer());
            layout.addAllOptions(options, help.createDefaultParamLabelRenderer());
            text.append(Text.of("%n%s:%n", heading)).append(layout);
          }
        });
    return text.toString();
  }

  private static Map<OptionSpec, String> headings(CommandSpec command) {
    Map<OptionSpec, String> headings = new HashMap<>();
    for (CommandSpec all : command.mixins().values()) {
      for (CommandSpec mixin : all.mixins().values()) {
        String heading = HEADINGS.get(mixin.userObject().getClass());
        if (heading != null) {
          mixin.options().forEach(option -> headings.put(option, heading));
        }
      }
    }
    return headings;
  }
}
