package dev.midge.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completions for bash, zsh and fish, out of the option tables. They start no JVM. */
final class Completions {
  private static final String FILES = "FILE";
  private static final Map<String, String> VALUES =
      Map.of(
          "--protocol-version", "5 311 31",
          "--qos", "0 1 2",
          "--will-qos", "0 1 2",
          "--fault",
              "close reset freeze kill will close@connected reset@connected freeze@connected kill@connected"
                  + " reset@after:1s reset@publish:1",
          "--property", "connect publish will subscribe unsubscribe disconnect",
          "--retain-handling", "always new never",
          "--tls-version", "tlsv1.2 tlsv1.3");

  private Completions() {}

  static Map<String, String> render(Map<String, CommandSpec> commands) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("midge.bash", bash(commands));
    files.put("_midge", zsh(commands));
    files.put("midge.fish", fish(commands));
    return files;
  }

  private static String bash(Map<String, CommandSpec> commands) {
    StringBuilder text =
        new StringBuilder(
            """
            # bash completion for midge; made from the option tables, do not edit.
            _midge() {
              local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
              COMPREPLY=()
              if [ "$COMP_CWORD" -eq 1 ]; then
                COMPREPLY=($(compgen -W "%s --help --version" -- "$word"))
                return
              fi
              local options
              case ${COMP_WORDS[1]} in
            """
                .formatted(String.join(" ", commands.keySet())));
    for (Map.Entry<String, CommandSpec> command : commands.entrySet()) {
      text.append("    ").append(command.getKey()).append(")\n      case $before in\n");
      for (OptionSpec option : command.getValue().options()) {
        if (takesValue(option)) {
          text.append("        ").append(String.join("|", option.names())).append(") ");
          if (isFile(option)) {
            text.append("compopt -o default; ");
          } else if (!values(option).isEmpty()) {
            text.append("COMPREPLY=($(compgen -W \"")
                .append(values(option))
                .append("\" -- \"$word\")); ");
          }
          text.append("return ;;\n");
        }
      }
      text.append("      esac\n      options=\"")
          .append(allNames(command.getValue()))
          .append("\" ;;\n");
    }
    text.append("    *) return ;;\n  esac\n");
    text.append(
        "  COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n}\ncomplete -F _midge midge\n");
    return text.toString();
  }

  private static String zsh(Map<String, CommandSpec> commands) {
    StringBuilder text =
        new StringBuilder(
            """
            #compdef midge
            # zsh completion for midge; made from the option tables, do not edit.
            _midge() {
              local -a commands
              commands=(
            """);
    commands.forEach(
        (name, spec) ->
            text.append("    '")
                .append(name)
                .append(':')
                .append(zshText(summary(spec)))
                .append("'\n"));
    text.append(
        """
          )
          if (( CURRENT == 2 )); then
            _describe command commands
            return
          fi
          local command=$words[2]
          shift words
          (( CURRENT-- ))
          case $command in
        """);
    for (Map.Entry<String, CommandSpec> command : commands.entrySet()) {
      text.append("    ").append(command.getKey()).append(")\n      _arguments");
      for (OptionSpec option : command.getValue().options()) {
        for (String name : option.names()) {
          text.append(" \\\n        '*")
              .append(name)
              .append('[')
              .append(zshText(first(option)))
              .append(']');
          if (takesValue(option)) {
            text.append(':')
                .append(zshText(option.paramLabel().toLowerCase(java.util.Locale.ROOT)))
                .append(':');
            text.append(
                isFile(option)
                    ? "_files"
                    : values(option).isEmpty() ? " " : "(" + values(option) + ")");
          }
          text.append('\'');
        }
      }
      text.append(" ;;\n");
    }
    return text.append("  esac\n}\n_midge \"$@\"\n").toString();
  }

  private static String fish(Map<String, CommandSpec> commands) {
    StringBuilder text =
        new StringBuilder(
            "# fish completion for midge; made from the option tables, do not edit.\n");
    text.append("complete -c midge -f\n");
    commands.forEach(
        (name, spec) ->
            text.append("complete -c midge -n __fish_use_subcommand -a ")
                .append(name)
                .append(" -d '")
                .append(fishText(summary(spec)))
                .append("'\n"));
    for (Map.Entry<String, CommandSpec> command : commands.entrySet()) {
      for (OptionSpec option : command.getValue().options()) {
        text.append("complete -c midge -n '__fish_seen_subcommand_from ")
            .append(command.getKey())
            .append('\'');
        for (String name : option.names()) {
          text.append(
              name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (takesValue(option)) {
          text.append(
              isFile(option)
                  ? " -r -F"
                  : values(option).isEmpty() ? " -x" : " -x -a '" + values(option) + "'");
        }
        text.append(" -d '").append(fishText(first(option))).append("'\n");
      }
    }
    return text.toString();
  }

  private static String summary(CommandSpec spec) {
    return spec.usageMessage().description()[0];
  }

  private static String first(OptionSpec option) {
    String text = String.join(" ", option.description()).replace("%%", "%");
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  private static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  private static boolean isFile(OptionSpec option) {
    return option.paramLabel().equals(FILES) || option.paramLabel().equals("DIRECTORY");
  }

  private static String values(OptionSpec option) {
    return Arrays.stream(option.names())
        .map(VALUES::get)
        .filter(v -> v != null)
        .findFirst()
        .orElse("");
  }

  private static String allNames(CommandSpec spec) {
    List<OptionSpec> options = spec.options();
    return options.stream()
        .flatMap(option -> Arrays.stream(option.names()))
        .collect(Collectors.joining(" "));
  }

  private static String zshText(String text) {
    return text.replace("'", "").replace("[", "(").replace("]", ")").replace(":", " ");
  }

  private static String fishText(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
