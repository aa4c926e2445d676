package io.lariat.cli.train;

import io.lariat.cli.options.BackendOption;
import io.lariat.cli.options.DataOptions;
import io.lariat.cli.options.FormatOption;
import io.lariat.cli.options.ThreadsOption;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Lists a command's options under a heading for each class that declares some, its positional
 * parameters under the first.
 */
public final class HelpSections implements IHelpSectionRenderer {
  private static final Map<Class<?>, String> HEADINGS =
      Map.of(
          DataOptions.class, "Data",
          FormatOption.class, "Data",
          NetworkOptions.class, "Network",
          TrainingOptions.class, "Training",
          PolishOptions.class, "Training",
          BackendOption.class, "Backend",
          ThreadsOption.class, "Backend");

  /** Has {@code command} list its options so. */
  public static void show(CommandLine command) {
    command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, help -> "");
    command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new HelpSections());
  }

  @Override
  public String render(Help help) {
    Map<String, List<OptionSpec>> sections = new LinkedHashMap<>();
    for (String heading : List.of("Data", "Network", "Training", "Backend")) {
      sections.put(heading, new ArrayList<>());
    }
    for (OptionSpec option : help.commandSpec().options()) {
      sections.computeIfAbsent(heading(option), h -> new ArrayList<>()).add(option);
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
            text.append(String.format(Locale.ROOT, "%n%s:%n", heading)).append(layout);
          }
        });
    return text.toString();
  }

  private static String heading(OptionSpec option) {
    return option.userObject() instanceof Field field
        ? HEADINGS.getOrDefault(field.getDeclaringClass(), "Output")
        : "Output";
  }
}
