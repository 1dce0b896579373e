package dev.midge.cli.parse;

import dev.midge.cli.UsageException;
import java.util.Stack;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * An option table as picocli's model. Modelling an option costs more than parsing it, so for
 * parsing only those are modelled that the line can name; usage texts have them all.
 */
public final class PicocliModel {
  static {
    // Otherwise picocli searches the jar for Groovy and makes converters for types that no option
    // has: a tenth of a publish that goes through it.
    System.setProperty("picocli.disable.closures", "true");
    System.setProperty("picocli.converters.excludes", "java\\..*");
  }

  private PicocliModel() {}

  /**
   * Parses the words; each option takes its own.
   *
   * @throws UsageException for a word that no option takes, and what an option says of its own
   */
  public static void parse(OptionTable table, String[] words) {
    CommandSpec spec = CommandSpec.create();
    for (Option option : table.options()) {
      if (canBeNamed(option, words)) {
        spec.addOption(spec(option));
      }
    }
    Consumer<String> operands = table.operands();
    if (operands != null) {
      spec.addPositional(operands(operands));
    }
    CommandLine line =
        new CommandLine(spec)
            .setExpandAtFiles(false)
            .setOverwrittenOptionsAllowed(true)
            .setPosixClusteredShortOptionsAllowed(true);
    try {
      line.parseArgs(words);
    } catch (ParameterException e) { // Here, so that nobody else loads picocli's class.
      throw problem(e, table, words);
    }
  }

  private static PositionalParamSpec operands(Consumer<String> taker) {
    return PositionalParamSpec.builder()
        .index("0..*")
        .arity("1")
        .type(String.class)
        .parameterConsumer((words, spec, command) -> taker.accept(words.pop()))
        .build();
  }

  private static UsageException problem(ParameterException e, OptionTable table, String[] words) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UsageException usage) {
        return usage;
      }
    }
    if (e instanceof UnmatchedArgumentException unmatched) {
      return UnknownOption.in(table, unmatched.getUnmatched().get(0), words);
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return new UsageException("Error: " + missing.getMessage() + ".");
    }
    return new UsageException("Error: " + e.getMessage());
  }

  /** Returns the model of all options. */
  public static CommandSpec of(OptionTable table, String program) {
    CommandSpec spec = CommandSpec.create().name(program);
    spec.usageMessage().description(table.summary());
    for (Option option : table.options()) {
      spec.addOption(spec(option));
    }
    return spec;
  }

  /**
   * Tells whether picocli can find the option in one of the words: alone, before =, or in a
   * cluster.
   */
  private static boolean canBeNamed(Option option, String[] words) {
    for (String name : option.names()) {
      boolean isLong = name.startsWith("--");
      for (String word : words) {
        if (isLong
            ? word.startsWith(name)
            : word.startsWith("-") && word.indexOf(name.charAt(1)) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the model of one option. */
  public static OptionSpec spec(Option option) {
    OptionSpec.Builder builder =
        OptionSpec.builder(option.names()).description(option.description()).hasInitialValue(false);
    if (option.isFlag()) {
      return builder.type(boolean.class).arity("0").setter(new Flag(option)).build();
    }
    return builder
        .paramLabel(option.label())
        .hideParamSyntax(true)
        .type(String.class)
        .arity("1")
        .parameterConsumer((words, spec, command) -> option.handler().handle(words))
        .build();
  }

  /** Sets an option that has no argument. */
  private record Flag(Option option) implements ISetter {
    @Override
    public <T> T set(T value) {
      if (Boolean.TRUE.equals(value)) {
        option.handler().handle(new Stack<>());
      }
      return value;
    }
  }
}
