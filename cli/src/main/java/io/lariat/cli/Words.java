package io.lariat.cli;

import io.lariat.backend.PenaltyMethod;
import io.lariat.data.TableFormat;
import io.lariat.path.LambdaPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;

/** Reads option values that are one of a few words, in upper or lower case. */
final class Words {
  private Words() {}

  /** How a file is written. */
  static final class Format implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      List<String> words = new ArrayList<>(List.of(FormatOption.AUTO));
      words.addAll(TableFormat.all().keySet());
      return one(value, words, word -> word);
    }
  }

  /** What becomes of a prediction that is not finite. */
  static final class WhatOnError implements ITypeConverter<OnError> {
    @Override
    public OnError convert(String value) {
      return one(value, List.of(OnError.values()));
    }
  }

  /** Which layers have the penalty. */
  static final class Penalized implements ITypeConverter<NetworkOptions.Penalized> {
    @Override
    public NetworkOptions.Penalized convert(String value) {
      return one(value, List.of(NetworkOptions.Penalized.values()));
    }
  }

  /** How the penalty enters the update. */
  static final class Method implements ITypeConverter<PenaltyMethod> {
    @Override
    public PenaltyMethod convert(String value) {
      return one(value, List.of(PenaltyMethod.PROXIMAL, PenaltyMethod.SUBGRADIENT));
    }
  }

  /** The optimizer. */
  static final class OptimizerName implements ITypeConverter<TrainingOptions.OptimizerName> {
    @Override
    public TrainingOptions.OptimizerName convert(String value) {
      return one(value, List.of(TrainingOptions.OptimizerName.values()));
    }
  }

  /** How a lambda is chosen. */
  static final class PathRule implements ITypeConverter<LambdaPath.Rule> {
    @Override
    public LambdaPath.Rule convert(String value) {
      return one(value, List.of(LambdaPath.Rule.ONE_SE, LambdaPath.Rule.MIN), Words::word);
    }
  }

  /** How a rule is written on the command line. */
  static String word(LambdaPath.Rule rule) {
    return rule == LambdaPath.Rule.ONE_SE ? "1se" : "min";
  }

  /** How a constant is written on the command line. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E one(String value, List<E> choices) {
    return one(value, choices, Words::word);
  }

  /** The choice whose word {@code value} is. */
  static <T> T one(String value, List<T> choices, Function<T, String> word) {
    List<String> words = choices.stream().map(word).toList();
    int at = words.indexOf(value.strip().toLowerCase(Locale.ROOT));
    if (at < 0) {
      throw Numbers.unexpected(list(words), value);
    }
    return choices.get(at);
  }

  private static String list(List<String> words) {
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
