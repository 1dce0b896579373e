package dev.midge.cli.help;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion for zsh, by its function _arguments. */
final class ZshCompletion {
  private ZshCompletion() {}

  static String render(Map<String, CommandSpec> commands) {
    StringBuilder text =
        new StringBuilder(
            """
            #compdef midge
            # zsh completion for midge; made from the option tables, do not edit.

            # The words behind --; more is to be typed behind one that ends in : or /.
            _midge_offer() {
              local end=$argv[(i)--]
              local -a how=("${(@)argv[1,end-1]}") words=("${(@)argv[end+1,-1]}")
              local -a begun=(${(M)words:#*[:/]}) whole=(${words:#*[:/]})
              (( $#begun )) && compadd "$how[@]" -S '' -- $begun
              (( $#whole )) && compadd "$how[@]" -- $whole
            }

            # The names in the user's file of contexts.
            _midge_contexts() {
              local directory=$XDG_CONFIG_HOME
              [[ $directory == /* ]] || directory=$HOME/.config
              local -a lines=(${(f)"$(<$directory/midge/contexts)"}) 2>/dev/null
              compadd "$@" -- ${${${(M)lines:#\\[*\\]}#\\[}%\\]}
            }

            # The names behind a word of midge context.
            _midge_context_names() {
              [[ $words[2] == (use|rm|show) ]] && _midge_contexts "$@"
            }

            # The names of properties, behind -D COMMAND.
            _midge_property_names() {
              case ${(L)words[CURRENT-1]} in
            """);
    PropertyNames.byPacket()
        .forEach(
            (command, names) ->
                text.append("    ")
                    .append(command)
                    .append(") compadd \"$@\" -- ")
                    .append(String.join(" ", names))
                    .append(" ;;\n"));
    text.append("  esac\n}\n\n_midge_property_value() {\n  case $words[CURRENT-1] in\n    ")
        .append(String.join(" | ", CompletionValues.switches()))
        .append(
            """
            ) compadd "$@" -- 0 1 ;;
                *) _message value ;;
              esac
            }

            _midge() {
              local -a commands=(
            """);
    commands.forEach(
        (name, spec) ->
            text.append("    '")
                .append(name)
                .append(':')
                .append(quoted(Completions.summary(spec)))
                .append("'\n"));
    text.append("  )\n  local -a topics=(\n");
    for (HelpTopic topic : HelpTopic.values()) {
      text.append("    '")
          .append(topic.word())
          .append(':')
          .append(quoted(topic.title()))
          .append("'\n");
    }
    text.append(
        """
          )
          if (( CURRENT == 2 )); then
            _describe -t commands command commands
            compadd -X 'or' -- --help --version
            return
          fi
          local command=$words[2]
          if [[ $command == help && $words[CURRENT] != -* ]]; then
            (( CURRENT == 3 )) || return
            _describe -t commands command commands
            _describe -t topics topic topics
            return
          fi
          shift words
          (( CURRENT-- ))
          case $command in
        """);
    commands.forEach(
        (word, spec) -> {
          text.append("    ").append(word).append(")\n      _arguments -s -S");
          for (OptionSpec option : spec.options()) {
            CompletionValues after = CompletionValues.after(word, option);
            for (String name : option.names()) {
              text.append(" \\\n        '*")
                  .append(specification(name, option, after))
                  .append('\'');
            }
          }
          if (!CompletionValues.operands(word).isEmpty() && !word.equals("help")) {
            text.append(" \\\n        '1:command:(")
                .append(String.join(" ", CompletionValues.operands(word)))
                .append(")' \\\n        ")
                .append(
                    word.equals("context") ? "'*:name:_midge_context_names'" : "'*:argument: '");
          }
          text.append(" ;;\n");
        });
    return text.append("  esac\n}\n\n_midge \"$@\"\n").toString();
  }

  private static String specification(String name, OptionSpec option, CompletionValues after) {
    boolean isLong = name.startsWith("--");
    String takes =
        switch (after.kind()) {
          case NONE, PROPERTY -> ""; // The words of -D are always words of their own.
          default -> isLong ? "=" : "+";
        };
    return name + takes + "[" + quoted(Completions.summary(option)) + "]" + action(option, after);
  }

  private static String action(OptionSpec option, CompletionValues after) {
    String label = ":" + quoted(option.paramLabel().toLowerCase(Locale.ROOT)) + ":";
    return switch (after.kind()) {
      case NONE -> "";
      case ANYTHING -> label + " ";
      case ONE_OF_WORDS -> label + "_midge_offer -- " + list(after.words());
      case FILE -> label + "_files";
      case DIRECTORY -> label + "_path_files -/";
      case CONTEXT -> label + "_midge_contexts";
      case PROPERTY ->
          ":command:("
              + list(after.words())
              + "):name:_midge_property_names:value:_midge_property_value";
    };
  }

  private static String list(List<String> words) {
    return String.join(" ", words).replace(":", "\\:");
  }

  private static String quoted(String text) {
    return text.replace("'", "'\\''").replaceAll("[\\[\\]:]", "\\\\$0");
  }
}
