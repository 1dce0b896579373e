package dev.midge.cli.help;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** The completion for bash, without the help of the package bash-completion. */
final class BashCompletion {
  private static final String ENGINE =
      """

      # The words up to the cursor as midge would get them: readline cuts at = : and @ too.
      _midge_words() {
        local line=${COMP_LINE:0:COMP_POINT} part i
        words=()
        for ((i = 0; i <= COMP_CWORD; i++)); do
          part=${COMP_WORDS[i]}
          ((i == COMP_CWORD)) && part=${line#"${line%%[![:space:]]*}"}
          if ((i == 0)) || [[ $line == [[:space:]]* ]]; then
            line=${line#"${line%%[![:space:]]*}"}
            words+=("$part")
          else
            words[${#words[@]} - 1]+=$part
          fi
          line=${line:${#part}}
        done
      }

      # Offers those of the words that begin like the one at the cursor, without what readline leaves alone: all up to
      # its last = or :, and all before its last @.
      _midge_offer() {
        local whole=$front$word left=0 char i
        COMPREPLY=($(compgen -P "$front" -W "$1" -- "$word"))
        for ((i = 0; i < ${#whole}; i++)); do
          char=${whole:i:1}
          [[ $COMP_WORDBREAKS == *"$char"* ]] || continue
          case $char in
            = | :) left=$((i + 1)) ;;
            @) left=$i ;;
          esac
        done
        for i in "${!COMPREPLY[@]}"; do
          COMPREPLY[i]=${COMPREPLY[i]:left}
        done
        # More is to be typed behind such a word.
        if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *[:/] ]]; then
          compopt -o nospace
        fi
      }

      # The names in the user's file of contexts.
      _midge_contexts() {
        local line directory=$XDG_CONFIG_HOME
        [[ $directory == /* ]] || directory=$HOME/.config
        [[ -r $directory/midge/contexts ]] || return
        while IFS= read -r line; do
          [[ $line == \\[*\\] ]] && line=${line#\\[} && printf '%s ' "${line%\\]}"
        done <"$directory/midge/contexts"
      }

      # The argument of an option.
      _midge_argument() {
        case $takes in
          words) _midge_offer "$offers" ;;
          property) _midge_offer "$offers" ;;
          file) compopt -o default ;;
          directory) compopt -o dirnames ;;
          context) _midge_offer "$(_midge_contexts)" ;;
        esac
      }

      _midge() {
        local words word command option takes offers front= i=2 last
        COMPREPLY=()
        _midge_words
        last=$((${#words[@]} - 1))
        word=${words[last]}
        command=${words[1]}
        if ((last == 1)); then
          _midge_offer "$_midge_commands --help --version"
          return
        fi
        if [[ $command == help && $word != -* ]]; then
          ((last == 2)) && _midge_offer "$_midge_commands $_midge_topics"
          return
        fi
        # Each option takes its own words from the left, whatever they look like.
        while ((i < last)); do
          option=${words[i]}
          _midge_takes "$command $option"
          ((i++))
          case $takes in
            '') ;;
            property)
              case $((last - i)) in
                0) _midge_argument; return ;;
                1) _midge_property_names "${words[i]}"; return ;;
                2) _midge_property_value "${words[i + 1]}"; return ;;
              esac
              ((i += 3))
              if [[ ${words[i - 2]} == user-property ]]; then
                ((i++ == last)) && return
              fi
              ;;
            *)
              if ((i == last)); then
                _midge_argument
                return
              fi
              ((i++))
              ;;
          esac
        done
        if [[ $word == --*=* ]]; then
          _midge_takes "$command ${word%%=*}"
          front=${word%%=*}=
          word=${word#*=}
          _midge_argument
          return
        fi
        if [[ $command == ctl && $word != -* ]]; then
          _midge_offer "$_midge_control"
          return
        fi
        if [[ $command == context && $word != -* ]]; then
          if ((last == 2)); then
            _midge_offer "$_midge_context"
          elif [[ " use rm show " == *" ${words[2]} "* ]]; then
            _midge_offer "$(_midge_contexts)"
          fi
          return
        fi
        _midge_offer "$(_midge_options "$command")"
      }
      complete -F _midge midge
      """;

  private BashCompletion() {}

  static String render(Map<String, CommandSpec> commands) {
    StringBuilder text =
        new StringBuilder(
            "# bash completion for midge; made from the option tables, do not edit.\n\n");
    text.append("_midge_commands='").append(String.join(" ", commands.keySet())).append("'\n");
    text.append("_midge_control='")
        .append(String.join(" ", CompletionValues.operands("ctl")))
        .append("'\n_midge_topics='")
        .append(String.join(" ", CompletionValues.operands("help")))
        .append("'\n_midge_context='")
        .append(String.join(" ", CompletionValues.operands("context")))
        .append("'\n");
    text.append("\n_midge_options() {\n  case $1 in\n");
    commands.forEach(
        (word, spec) ->
            text.append("    ")
                .append(word)
                .append(") printf %s '")
                .append(String.join(" ", Completions.names(spec)))
                .append("' ;;\n"));
    text.append("  esac\n}\n");
    text.append("\n# What a command's option takes, and which words if they are known.\n");
    text.append("_midge_takes() {\n  takes= offers=\n  case $1 in\n");
    arguments(commands).forEach((taken, options) -> arm(text, options, taken));
    text.append("  esac\n}\n\n_midge_property_names() {\n  case ${1,,} in\n");
    PropertyNames.byPacket()
        .forEach(
            (command, names) ->
                arm(text, List.of(command), "_midge_offer '" + String.join(" ", names) + "'"));
    text.append("  esac\n}\n\n_midge_property_value() {\n  case $1 in\n");
    arm(text, CompletionValues.switches(), "_midge_offer '0 1'");
    return text.append("  esac\n}\n").append(ENGINE).toString();
  }

  /** Every option with an argument, as {@code 'command option'}, by what it takes. */
  private static Map<String, List<String>> arguments(Map<String, CommandSpec> commands) {
    record Argument(String option, String taken) {}

    return commands.entrySet().stream()
        .flatMap(
            command ->
                command.getValue().options().stream()
                    .flatMap(
                        option -> {
                          String taken = taken(CompletionValues.after(command.getKey(), option));
                          return Stream.of(option.names())
                              .map(name -> "'" + command.getKey() + " " + name + "'")
                              .map(name -> new Argument(name, taken));
                        }))
        .filter(argument -> !argument.taken().isEmpty())
        .collect(
            groupingBy(Argument::taken, LinkedHashMap::new, mapping(Argument::option, toList())));
  }

  private static String taken(CompletionValues after) {
    String words = " offers='" + String.join(" ", after.words()) + "'";
    return switch (after.kind()) {
      case NONE -> "";
      case ANYTHING -> "takes=anything";
      case ONE_OF_WORDS -> "takes=words" + words;
      case PROPERTY -> "takes=property" + words;
      case FILE -> "takes=file";
      case DIRECTORY -> "takes=directory";
      case CONTEXT -> "takes=context";
    };
  }

  private static void arm(StringBuilder text, List<String> patterns, String action) {
    text.append("    ")
        .append(patterns.stream().collect(joining(" | ")))
        .append(")\n      ")
        .append(action)
        .append(" ;;\n");
  }
}
