package dev.midge.cli.help;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completions for bash, zsh and fish, out of the option tables. They start no JVM. */
final class Completions {
  private Completions() {}

  /** The files by their names, from the commands by their words. */
  static Map<String, String> render(Map<String, CommandSpec> commands) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("midge.bash", BashCompletion.render(commands));
    files.put("_midge", ZshCompletion.render(commands));
    files.put("midge.fish", FishCompletion.render(commands));
    return files;
  }

  /** What a command does, in a line. */
  static String summary(CommandSpec spec) {
    return sentence(spec.usageMessage().description()[0]);
  }

  /** What an option does, in a line. */
  static String summary(OptionSpec option) {
    return sentence(String.join(" ", option.description()).replace("%%", "%"));
  }

  /** The first sentence, without its full stop; an enumeration with colons is cut at no colon. */
  private static String sentence(String text) {
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  static List<String> names(CommandSpec spec) {
    return spec.options().stream().flatMap(option -> List.of(option.names()).stream()).toList();
  }
}
