package dev.midge.cli.help;

import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion for fish. */
final class FishCompletion {
  private static final String CONDITIONS =
      """
      # fish completion for midge; made from the option tables, do not edit.

      # Whether the cursor is at the command.
      function __midge_at_command
          test (count (commandline -opc)) -eq 1
      end

      # Whether the cursor is at the command that help is asked for.
      function __midge_at_help
          set -l words (commandline -opc)
          test (count $words) -eq 2 -a "$words[2]" = help
      end

      # Whether the line is one of that command.
      function __midge_is
          set -l words (commandline -opc)
          test (count $words) -ge 2; and test "$words[2]" = $argv[1]
      end

      # Whether the cursor is at the name of a property of that packet, behind -D.
      function __midge_at_property
          set -l words (commandline -opc)
          test (count $words) -ge 4; and contains -- $words[-2] -D --property; and test (string lower -- $words[-1]) = $argv[1]
      end

      # Whether the cursor is at the value of one of those properties.
      function __midge_at_value
          set -l words (commandline -opc)
          test (count $words) -ge 5; and contains -- $words[-3] -D --property; and contains -- $words[-1] $argv
      end

      # Whether the cursor is at the first word of midge context.
      function __midge_at_context_word
          set -l words (commandline -opc)
          test (count $words) -eq 2; and test "$words[2]" = context
      end

      # Whether the cursor is at the name behind it.
      function __midge_at_context_name
          set -l words (commandline -opc)
          test (count $words) -ge 3; and test "$words[2]" = context; and contains -- $words[3] use rm show
      end

      # The names in the user's file of contexts.
      function __midge_contexts
          set -l directory $XDG_CONFIG_HOME
          string match -q '/*' -- $directory; or set directory $HOME/.config
          test -r $directory/midge/contexts
          and string replace -rf '^\\[(.*)\\]$' '$1' <$directory/midge/contexts
      end

      complete -c midge -f
      complete -c midge -n __midge_at_command -l help -d 'Say what there is'
      complete -c midge -n __midge_at_command -l version -d 'Show the version'
      """;

  private FishCompletion() {}

  static String render(Map<String, CommandSpec> commands) {
    StringBuilder text = new StringBuilder(CONDITIONS);
    commands.forEach(
        (word, spec) -> {
          for (String place : new String[] {"__midge_at_command", "__midge_at_help"}) {
            complete(text, place).append(" -a ").append(word);
            describe(text, Completions.summary(spec));
          }
        });
    for (HelpTopic topic : HelpTopic.values()) {
      complete(text, "__midge_at_help").append(" -a ").append(topic.word());
      describe(text, topic.title());
    }
    PropertyNames.byPacket()
        .forEach(
            (command, names) ->
                complete(text, "'__midge_at_property " + command + "'")
                    .append(" -a '")
                    .append(String.join(" ", names))
                    .append("'\n"));
    complete(text, "'__midge_at_value " + String.join(" ", CompletionValues.switches()) + "'")
        .append(" -a '0 1'\n");
    commands.forEach((word, spec) -> operands(text, word));
    commands.forEach((word, spec) -> spec.options().forEach(option -> option(text, word, option)));
    return text.toString();
  }

  private static void operands(StringBuilder text, String command) {
    if (!CompletionValues.operands(command).isEmpty() && !command.equals("help")) {
      boolean isContext = command.equals("context");
      complete(text, isContext ? "__midge_at_context_word" : "'__midge_is " + command + "'")
          .append(" -a '")
          .append(String.join(" ", CompletionValues.operands(command)))
          .append("'\n");
      if (isContext) {
        complete(text, "__midge_at_context_name").append(" -a '(__midge_contexts)'\n");
      }
    }
  }

  private static void option(StringBuilder text, String word, OptionSpec option) {
    complete(text, "'__midge_is " + word + "'");
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    CompletionValues after = CompletionValues.after(word, option);
    text.append(
        switch (after.kind()) {
          case NONE -> "";
          case ANYTHING -> " -x";
          case ONE_OF_WORDS, PROPERTY -> " -x -a '" + String.join(" ", after.words()) + "'";
          case FILE -> " -r -F";
          case CONTEXT -> " -x -a '(__midge_contexts)'";
          case DIRECTORY -> " -x -a '(__fish_complete_directories)'";
        });
    describe(text, Completions.summary(option));
  }

  private static StringBuilder complete(StringBuilder text, String condition) {
    return text.append("complete -c midge -n ").append(condition);
  }

  private static void describe(StringBuilder text, String summary) {
    text.append(" -d '").append(summary.replace("\\", "\\\\").replace("'", "\\'")).append("'\n");
  }
}
